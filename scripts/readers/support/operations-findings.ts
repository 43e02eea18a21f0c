import type { Surface } from '../../model.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { isComputed } from './computed.ts';
import { findingAt, type Place } from './place.ts';

/** One property of a deployed unit as a scalar states it; what a template computes is `null`, and what is not set says nothing. */
export function operationsFindings(
  attribute: string,
  node: Tree | undefined,
  where: Omit<Place, 'line'>,
  { text, surface = 'operations' }: { text?: string | undefined; surface?: Surface } = {},
): Finding[] {
  const told = text ?? (node?.kind === 'scalar' && node.value !== null ? node.text : undefined);
  if (node === undefined || !where.unit || told === undefined || told === '') return [];
  const value = isComputed(told) && isWhollyComputed(told) ? null : told;
  return [findingAt({ ...where, line: node.line }, { surface, subject: where.unit, attribute, value })];
}

function isWhollyComputed(text: string): boolean {
  return text.length < 2000 && text.replace(/\{\{.*?\}\}/gs, '').trim() === '';
}
