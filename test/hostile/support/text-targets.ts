import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firedTriggers } from '../../../scripts/checking/review-triggers.ts';
import { excerptAt } from '../../../scripts/output/text.ts';
import { globPattern } from '../../../scripts/repository/glob.ts';
import { openRepository } from '../../../scripts/repository/repository.ts';
import { readFrontmatter } from '../../../scripts/skill/read-frontmatter.ts';
import { readMap } from '../../../scripts/skill/read-map.ts';
import { readSkill } from '../../../scripts/skill/read-skill.ts';
import { splitLines } from '../../../scripts/syntax/lines.ts';
import { UsageError } from '../../../scripts/usage-error.ts';
import { validateSkill } from '../../../scripts/validate-skill.ts';
import type { Finding } from '../../../scripts/validation/check.ts';
import { fixture } from '../../support/facts-of.ts';
import { GOOD_SKILL } from '../../support/good-skill.ts';

/** What is done with a text that is no file of a reader. */
export interface TextTarget {
  name: string;
  run(text: string): void;
}

/** `undefined` where the text is refused in words for people. */
function refusing<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return undefined;
  }
}

let ground: { repository: string; skill: string } | undefined;

/** What is found in the good skill with one of its files replaced; nothing where it cannot be read at all. */
export function validated(path: string, change: (before: string) => string): Finding[] {
  if (ground === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'weigh-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const repository = join(folder, 'harbour');
    cpSync(fixture('validation/harbour'), repository, { recursive: true });
    ground = { repository, skill: join(repository, GOOD_SKILL) };
  }
  const { repository, skill } = ground;
  const file = join(skill, path);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, change(before));
  try {
    return refusing(() => validateSkill(readSkill(skill), openRepository(repository))) ?? [];
  } finally {
    writeFileSync(file, before);
  }
}

const goodMap = readFileSync(join(fixture('validation/harbour'), GOOD_SKILL, 'parity-map.yaml'), 'utf8');

/** Everything of this project that takes a text of a repository or of a skill and is no reader. */
export const textTargets: readonly TextTarget[] = [
  {
    name: 'excerpts',
    run(text) {
      const lines = splitLines(text);
      for (let line = 1; line <= Math.min(lines.length, 5000); line += 1) excerptAt(lines, line);
    },
  },
  { name: 'skill', run: (text) => void validated('SKILL.md', (before) => `${before}\n${text}\n`) },
  { name: 'reference', run: (text) => void validated('references/mail.md', () => text) },
  {
    name: 'map text',
    run: (text) =>
      void validated('parity-map.yaml', (before) =>
        before.replace('Bounces and size limits of the relay', () => JSON.stringify(text).slice(1, -1)),
      ),
  },
  { name: 'map', run: (text) => refusing(() => void readMap(text, 'map')) },
  { name: 'frontmatter', run: (text) => void readFrontmatter(splitLines(`---\n${text}\n---\n`)) },
  {
    name: 'review trigger',
    run(text) {
      const file = readMap(goodMap, 'map');
      const since = { paths: ['compose.yaml', 'a/b/c.ts'], isChanged: () => true, textOf: () => goodMap };
      for (const entry of file.map.register) entry.reviewTrigger = text.slice(0, 20_000);
      firedTriggers(file.map, since, ['compose.yaml'], 'map', file.lineOf);
    },
  },
  { name: 'glob', run: (text) => void globPattern(text.slice(0, 4000)).test('a/b/c/'.repeat(40)) },
];
