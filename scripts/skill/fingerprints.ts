import { createHash } from 'node:crypto';
import { digestOf } from '../drift/lines-of-drift.ts';
import { byCodeUnit } from '../output/json.ts';
import { generatedPart } from './own-text.ts';
import type { RegisterEntry } from './parity-map.ts';
import type { RenderedFile } from './render-skill.ts';

const MARK = '// As generated: ';

/**
 * The digests of what was generated, by path from the skill's folder, and of each register entry by `entryKey`. The checker carries them,
 * so that a later edit by hand is seen.
 */
export type Fingerprints = { [path: string]: string };

/** The checker with the digests of its sibling files, of itself without this line, and of the register's entries, in its first line. */
export function withFingerprints(
  checker: RenderedFile,
  siblings: readonly RenderedFile[],
  register: readonly RegisterEntry[],
): RenderedFile {
  const digests = Object.fromEntries([
    ...[...siblings, checker].map((file) => [file.path, digest(file.content)]),
    ...register.map((entry) => [entryKey(entry.id), entryDigest(entry)]),
  ]);
  return { path: checker.path, content: `${MARK}${JSON.stringify(digests)}\n${checker.content}` };
}

/** How fingerprints name a register entry. */
export function entryKey(id: string): string {
  return `register ${id}`;
}

/** Two digests of a register entry: of the lines that it cites, wherever they stand, and of all that it says. */
export function entryDigest({ citations, ...said }: RegisterEntry): string {
  const lines = citations.map(({ path, text }) => `${path}\0${text}`).sort(byCodeUnit);
  const texts = Object.entries(said).sort(([a], [b]) => byCodeUnit(a, b));
  return [lines, texts].map((part) => digestOf(withoutLines(JSON.stringify(part)))).join(' ');
}

/** The digests that a generated checker carries; `undefined` where it carries none. */
export function fingerprintsIn(checker: string): Fingerprints | undefined {
  const [first = ''] = checker.split('\n', 1);
  if (!first.startsWith(MARK)) return undefined;
  try {
    const value: unknown = JSON.parse(first.slice(MARK.length));
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).map(([path, each]) => [path, String(each)]));
  } catch {
    return undefined;
  }
}

/**
 * The digest of a generated file's text. Line ends do not count, nor a checker's own line of digests, nor the lines of citations, which the
 * checker moves, nor what people wrote below the generated parts.
 */
export function digest(content: string): string {
  const text = content.replace(/\r\n/g, '\n');
  const own = text.startsWith(MARK) ? text.slice(text.indexOf('\n') + 1) : text;
  return createHash('sha256')
    .update(withoutLines(generatedPart(own)))
    .digest('hex');
}

/** A text of a skill or a map without the numbers of cited lines, which `--update-citations` moves. */
export function withoutLines(text: string): string {
  return text.replace(/(\bline: +)\d+\b/g, '$1').replace(/(`[^`\n]+:)\d+`/g, '$1`');
}
