import { oneLine } from '../output/text.ts';
import type { ParityMap } from './parity-map.ts';

const MAX_DESCRIPTION = 1024;
/** From long to short: how many of an application's own words are told. */
const SIZES = [24, 16, 10, 6, 3, 0];
/** The longest of an application's own words; longer ones say little to whoever looks for a skill. */
const MAX_WORD = 40;

/** The description by which an agent finds the skill: what it does, when to use it, and the application's own words. At most 1,024 characters. */
export function describe(map: ParityMap): string {
  const descriptions = SIZES.map((size) => withWords(map, size));
  return (
    descriptions.find((each) => each.length <= MAX_DESCRIPTION) ?? descriptions.at(-1)?.slice(0, MAX_DESCRIPTION) ?? ''
  );
}

function withWords(map: ParityMap, size: number): string {
  const { name } = map.application;
  const environments = words(
    map.environments.filter((each) => each.class !== 'production').map((each) => each.name),
  ).slice(0, Math.max(2, size));
  const subjects = words(map.register.flatMap((each) => ownWord(each.subject)));
  const keys = subjects.filter(isKey).slice(0, size);
  const parts = subjects.filter((word) => !isKey(word)).slice(0, size);
  const represented = environments.length > 0 ? ` and how ${environments.join(', ')} represent it` : '';
  return [
    `Keeps ${name} in parity with production: knows what production does${represented}, which differences are registered and why, and checks the repository for drift.`,
    `Use when ${name} works locally, in CI or on staging and breaks in production, when environments mismatch or drift, when auth, config, secrets, infrastructure, versions or service settings differ between environments, or when setting up or changing an environment of ${name}.`,
    ...(parts.length > 0 ? [`Covers ${parts.join(', ')}.`] : []),
    ...(keys.length > 0 ? [`Config keys: ${keys.join(', ')}.`] : []),
  ].join(' ');
}

/** What a developer would call a subject: itself; of several words the key that it begins with (`HOST_ENV login`), else nothing. */
function ownWord(subject: string): string[] {
  const [first = '', ...more] = subject.split(' ');
  return more.length === 0 || isKey(first) ? [first] : [];
}

/** `SESSION_SECRET`, `PORT`: how settings are written. */
function isKey(word: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(word);
}

/** Distinct words that are safe in a description: no tags, no quotes of any kind. */
function words(all: readonly string[]): string[] {
  const clean = all
    .map((word) => oneLine(word).replace(/[^\p{L}\p{N} ._:/@+-]/gu, ''))
    .filter((word) => word !== '' && word.length <= MAX_WORD && !word.includes('---'));
  return [...new Set(clean)];
}
