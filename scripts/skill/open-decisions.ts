import { placeOf } from '../output/place-of.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import type { Citation, Decision, ParityMap } from './parity-map.ts';

/** What a decision may be about: an entry of the register, an open risk, a surface. */
export interface Decidable {
  id?: string;
  subject?: string;
  citations?: readonly Citation[];
  /** What production does, in words. */
  production?: string;
}

/** The decisions that nobody has made: somebody assumed an answer, or was asked and did not know. */
export function openDecisions({ decisions }: Pick<ParityMap, 'decisions'>): Decision[] {
  return decisions.filter((each) => each.assumed || /^\s*(?:not known|unknown)\b/i.test(each.answer));
}

/**
 * Those of some decisions that are about an entry, or a surface: by its id or its subject, or because it names what they are about, and a
 * line that it rests on raised the question.
 */
export function decisionsAbout(decisions: readonly Decision[], entry: Decidable): Decision[] {
  const lines = new Set((entry.citations ?? []).map(placeOf));
  return decisions.filter(({ id, citations }) => {
    const subject = subjectOf(id);
    const isNamed = isNamedIn(`${entry.subject ?? ''} ${entry.production ?? ''}`, subject);
    const sharesLine = citations.some((each) => lines.has(placeOf(each)));
    // A surface is about much; a question of an entry is about the same thing, for one line may state several.
    if (entry.id === undefined) return isNamed || sharesLine;
    return isOfId(id, entry.id) || subject === entry.subject || (isNamed && sharesLine);
  });
}

/** A drift's id goes on with the environments where the id of its question ends. */
function isOfId(question: string, id: string | undefined): boolean {
  return id === question || id?.startsWith(`${question}:`) === true;
}

/** `postgresql` of `production-version:postgresql`; `null`: a question about more than one subject. */
function subjectOf(question: string): string | null {
  return /^[a-z-]+:(.+)$/.exec(question)?.[1] ?? null;
}

function isNamedIn(text: string, subject: string | null): boolean {
  return subject !== null && new RegExp(`(?<![\\w.-])${escapePattern(subject)}(?![\\w:-]|\\.\\w)`, 'i').test(text);
}
