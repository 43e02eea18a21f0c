import { looksLikeKey, plainString, propertiesOf, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** `table[name]`, `table.name`, `table.get(name)`, `table.fetch(name)`: what is looked up in a table of the file. */
const LOOKED_UP = /^([A-Za-z_$][\w$]*)(?:\[[^[\]]{1,120}\]|\.(?:get|fetch)\([^()]{1,120}\)|\.[a-z_]\w*)!?$/;

/** A key with the place where the table names it. */
interface TableKey {
  key: string;
  span: Span;
}

/** The keys that a table of the file holds, where an expression looks its key up in it: `env(FLAGS[provider])`. */
export function tableKeys(program: ProgramText, span: Span): TableKey[] {
  const { start, end } = trimmed(program, span);
  const name = end - start > 200 ? undefined : LOOKED_UP.exec(program.code.slice(start, end))?.[1];
  if (name === undefined) return [];
  const plain = name.replaceAll('$', '\\$');
  const defined = new RegExp(`(?<![\\w$.])${plain}\\s{0,4}(?::[^=\\n]{1,120})?=\\s{0,4}\\{`).exec(program.code);
  if (!defined) return [];
  const values = propertiesOf(program, defined.index + defined[0].length - 1).map((property) => ({
    key: plainString(program, property) ?? '',
    span: { start: property.offset, end: property.end },
  }));
  return values.every(({ key }) => looksLikeKey(key) && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(key)) ? values : [];
}
