import { looksLikeKey, plainString, propertiesOf, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** `table[name]`, `table.name`, `table.get(name)`, `table.fetch(name)`: what is looked up in a table of the file. */
const LOOKED_UP = /^([A-Za-z_$][\w$]*)(?:\[[^[\]]{1,120}\]|\.(?:get|fetch)\([^()]{1,120}\)|\.[a-z_]\w*)!?$/;

/** The keys that a table of the file holds, where an expression looks its key up in it: `env(FLAGS[provider])`. */
export function tableKeys(program: ProgramText, span: Span): string[] {
  const { start, end } = trimmed(program, span);
  const name = end - start > 200 ? undefined : LOOKED_UP.exec(program.code.slice(start, end))?.[1];
  if (name === undefined) return [];
  const plain = name.replaceAll('$', '\\$');
  const defined = new RegExp(`(?<![\\w$.])${plain}\\s{0,4}(?::[^=\\n]{1,120})?=\\s{0,4}\\{`).exec(program.code);
  if (!defined) return [];
  const values = valuesOf(program, defined.index + defined[0].length - 1);
  return values.length > 0 && values.every((value) => value !== undefined && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(value))
    ? [...new Set(values.flatMap((value) => value ?? []))]
    : [];
}

function valuesOf(program: ProgramText, open: number): (string | undefined)[] {
  return propertiesOf(program, open).map((property) => {
    // `'google': 'KEY'` in Python and `google => 'KEY'` in Ruby alike.
    const value = plainString(program, property);
    return value !== undefined && looksLikeKey(value) ? value : undefined;
  });
}
