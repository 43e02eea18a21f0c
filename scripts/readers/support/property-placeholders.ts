import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

/** One `${NAME}` or `${NAME:default}` of a Spring property. */
export interface Placeholder {
  name: string;
  /** As written; it may hold placeholders of its own. */
  default?: string;
}

const MAX_LENGTH = 2000;

/** Every placeholder of a text, those in defaults too. */
export function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  const start = /\$\{([A-Za-z_][\w.-]{0,119})(:?)/g;
  const source = text.slice(0, MAX_LENGTH);
  for (const match of source.matchAll(start)) {
    const from = match.index + match[0].length;
    const end = endOf(source, from);
    if (end === undefined) continue;
    const name = match[1] ?? '';
    if (match[2] === ':') found.push({ name, default: source.slice(from, end) });
    else if (source[from] === '}') found.push({ name });
  }
  return found;
}

/** The text with each placeholder's default in its place, or a path where it has none. */
export function withDefaults(text: string): string {
  let filled = text.slice(0, MAX_LENGTH);
  for (let round = 0; round < 4 && filled.includes('${'); round += 1)
    filled = filled.replace(/\$\{[\w.-]{1,120}(?::([^${}]*))?\}/g, (_, given?: string) => given ?? '/x');
  return filled;
}

/** `read`, and `default` where there is one, of the variables that placeholders name; a dotted name is a property, and no variable. */
export function placeholderFindings(text: string, place: Place): Finding[] {
  return placeholdersIn(text).flatMap(({ name, default: given }) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return [];
    const said = { surface: 'config', subject: name } as const;
    const read = findingAt(place, {
      ...said,
      attribute: 'read',
      value: given === undefined ? 'required' : 'defaulted',
    });
    if (given === undefined) return [read];
    return [read, findingAt(place, { ...said, attribute: 'default', value: given.includes('${') ? null : given })];
  });
}

function endOf(text: string, from: number): number | undefined {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    else if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}
