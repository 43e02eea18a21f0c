/** One `key=value` of a Java properties file; `document`: from 0, counted by its `#---` lines. */
export interface Property {
  key: string;
  value: string;
  /** From 1. */
  line: number;
  document: number;
}

const MAX_CONTINUED = 50;

/** Reads a Java properties file: `=`, `:` or a blank after the key, `#` and `!` comments, lines that go on after a backslash. */
export function parseProperties(text: string): Property[] {
  const lines = text.split(/\r?\n/);
  const found: Property[] = [];
  let document = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const first = (lines[index] ?? '').trimStart();
    if (/^[#!]---\s*$/.test(first)) document += 1;
    if (first === '' || /^[#!]/.test(first)) continue;
    const line = index + 1;
    let whole = first;
    for (let more = 0; endsInBackslash(whole) && more < MAX_CONTINUED && index + 1 < lines.length; more += 1) {
      index += 1;
      whole = whole.slice(0, -1) + (lines[index] ?? '').trimStart();
    }
    const split = /^((?:[^\\=:\s]|\\.){1,300})[ \t]*[=: \t][ \t]*/.exec(whole);
    const key = split?.[1]?.replace(/\\(.)/g, '$1');
    if (split && key) found.push({ key, value: whole.slice(split[0].length).trimEnd(), line, document });
  }
  return found;
}

function endsInBackslash(text: string): boolean {
  const trail = text.length - text.replace(/\\+$/, '').length;
  return trail % 2 === 1;
}
