import { effectiveEntries } from '../../syntax/effective-entries.ts';
import { items, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { configFindings } from './config-findings.ts';
import type { Place } from './place.ts';

const KEY = /^[A-Za-z_][\w.-]*$/;

/** One variable of a map or a list; `null` where it has no value of its own. */
export interface Assignment {
  key: string;
  value: string | null;
  line: number;
}

/** `KEY: value` and `- KEY=value`; a key without a value is passed through from the host: `null`. */
export function assignments(node: Tree | undefined): Assignment[] {
  if (node?.kind === 'map') {
    return effectiveEntries(node).flatMap(({ key, line, value }) =>
      value.kind === 'scalar' ? [{ key, line, value: value.value === null ? null : value.text }] : [],
    );
  }
  return items(node).flatMap((item) => {
    if (item.kind === 'map') return assignments(item);
    if (item.kind !== 'scalar' || item.text === '') return [];
    const equals = item.text.indexOf('=');
    const key = equals === -1 ? item.text : item.text.slice(0, equals);
    return !KEY.test(key) ? [] : [{ key, line: item.line, value: equals === -1 ? null : item.text.slice(equals + 1) }];
  });
}

/** What a map or a list of variables sets. */
export function assignmentFindings(node: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  return assignments(node).flatMap(({ key, value, line }) => configFindings(key, value, { ...where, line }));
}
