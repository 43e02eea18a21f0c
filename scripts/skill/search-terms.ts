import { byCodeUnit } from '../output/json.ts';
import { cut } from '../output/text.ts';
import type { Citation, RegisterEntry, SurfaceEntry } from './parity-map.ts';

const MOST_TERMS = 6;
const MAX_TERM = 60;
/** Only plain words reach a shell. */
const PLAIN = /^[A-Za-z_][\w.-]*$/;
/** A setting's name as programs and files write it: `SESSION_SECRET`, `mock_auth_enabled`, `mockAuth`, `mail.host`. */
const NAME = /(?<![\w.])[A-Za-z]\w*(?:_\w+|[a-z][A-Z]\w*)(?![\w.])/g;
/** A word that is found only where it is meant: it has a capital, a dot or an underscore within. */
const TELLING = /\w[._]\w|[A-Z]/;
/** Of the lines that production's behaviour rests on, so many are searched for names. */
const MOST_LINES = 8;

/** What to search for on a surface: the subjects of its differences as the cited lines write them, then the names in the lines that it cites. */
export function searchTerms(surface: SurfaceEntry, register: readonly RegisterEntry[]): string[] {
  const entries = register.filter((each) => each.surface === surface.surface);
  const subjects = entries.flatMap((each) => asWritten(each.subject, each.citations));
  const named = surface.citations
    .slice(0, MOST_LINES)
    .flatMap(
      ({ text }) => [...(text.match(NAME) ?? [])].toSorted((a, b) => b.length - a.length || byCodeUnit(a, b))[0] ?? [],
    );
  return [...new Set([...subjects, ...named])].slice(0, MOST_TERMS).map((term) => cut(term, MAX_TERM));
}

/** A subject as a line that it rests on writes it: whole, the last part of its path, or the key that it begins with. */
function asWritten(subject: string, citations: readonly Citation[]): string[] {
  const [first = ''] = subject.split(' ');
  const last = first.split(/[.:]/).at(-1) ?? '';
  const isThere = (term: string): boolean => citations.some(({ text }) => text.includes(term));
  const found = [first, last].find((term) => PLAIN.test(term) && TELLING.test(term) && isThere(term));
  return found === undefined ? [] : [found];
}
