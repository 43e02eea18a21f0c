import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

/** One `$NAME`, `${NAME}`, `${NAME:-default}` of a text that compose fills in from its own environment. */
export interface Interpolation {
  name: string;
  read: 'required' | 'optional' | 'defaulted';
  default?: string;
  /** The text from the `$` on, to find its line by. */
  text: string;
}

/** The longest `${...}` that is looked through. */
const MAX_INTERPOLATION = 1000;

/** Every interpolation of a text; `$$` is a literal dollar, and defaults may hold interpolations of their own. */
export function interpolations(text: string): Interpolation[] {
  const found: Interpolation[] = [];
  for (let index = text.indexOf('$'); index !== -1; index = text.indexOf('$', index)) {
    const rest = text.slice(index, index + MAX_INTERPOLATION);
    const plain = /^\$([A-Za-z_]\w*)/.exec(rest);
    const open = /^\$\{([A-Za-z_]\w*)/.exec(rest);
    if (rest.startsWith('$$')) index += 2;
    else if (plain?.[1]) {
      found.push({ name: plain[1], read: 'optional', text: plain[0] });
      index += plain[0].length;
    } else if (open?.[1]) {
      const body = bodyOf(rest);
      found.push({ name: open[1], text: open[0], ...howRead(body.slice(open[1].length)) });
      // What follows the name is looked through too: a default may read another key.
      index += open[0].length;
    } else index += 1;
  }
  return found;
}

/** `config` `read`, and `default` where there is one, of a key that is taken from the environment of whoever runs the file. */
export function interpolationFindings(found: Interpolation, place: Place): Finding[] {
  const said = { surface: 'config', subject: found.name } as const;
  const read = findingAt(place, { ...said, attribute: 'read', value: found.read });
  if (found.default === undefined) return [read];
  return [read, findingAt(place, { ...said, attribute: 'default', value: found.default })];
}

/** What stands between `${` and its own `}`. */
function bodyOf(text: string): string {
  let depth = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return text.slice(2, index);
  }
  return text.slice(2);
}

function howRead(operator: string): Pick<Interpolation, 'read' | 'default'> {
  if (/^:?\?/.test(operator)) return { read: 'required' };
  const withDefault = /^:?[-=]([\s\S]*)$/.exec(operator);
  return withDefault ? { read: 'defaulted', default: withDefault[1] ?? '' } : { read: 'optional' };
}
