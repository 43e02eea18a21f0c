import { at, items, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { isComputed } from './computed.ts';
import { configFindings } from './config-findings.ts';
import { findingAt, type Place } from './place.ts';

/** Whether a node is a container's list of variables: maps with `name`, and `value` or `valueFrom` in one at least. */
export function isEnvList(node: Tree | undefined): boolean {
  if (node?.kind !== 'list' || node.items.length === 0) return false;
  const named = node.items.every((item) => item.kind === 'map' && textAt(item, 'name') !== undefined);
  return named && node.items.some((item) => at(item, 'value') ?? at(item, 'valueFrom'));
}

/** What a container's `env` list says: values, and the secrets that values are taken from as `secret/key`. */
export function envListFindings(node: Tree | undefined, place: Omit<Place, 'line'>): Finding[] {
  return items(node).flatMap((item) => {
    const name = at(item, 'name');
    if (name?.kind !== 'scalar' || name.text === '' || isComputed(name.text)) return [];
    // A patch that takes the variable away sets nothing.
    if (textAt(item, '$patch') === 'delete') return [];
    const from = at(item, 'valueFrom');
    const value = at(item, 'value');
    const here = { ...place, line: name.line };
    if (from) return valueFromFindings(name.text, from, here);
    // The value's own line is the one that says it.
    if (value?.kind === 'scalar')
      return configFindings(name.text, value.value === null ? '' : value, { ...here, line: value.line });
    return value ? configFindings(name.text, null, here) : configFindings(name.text, '', here);
  });
}

function valueFromFindings(key: string, from: Tree, place: Place): Finding[] {
  const secret = at(from, 'secretKeyRef');
  if (secret === undefined) return configFindings(key, null, place);
  const reference = [textAt(secret, 'name'), textAt(secret, 'key')].filter((part) => part !== undefined).join('/');
  return [
    findingAt(place, { surface: 'config', subject: key, attribute: 'secret-reference', value: reference || null }),
  ];
}
