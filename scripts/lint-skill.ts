import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from './output/json.ts';
import { cut, oneLine } from './output/text.ts';
import { openRepository } from './repository/repository.ts';
import type { LinesOf } from './skill/citation.ts';
import { linesIn } from './skill/lines-in.ts';
import type { Skill } from './skill/read-skill.ts';
import { rootAround } from './skill/root-around.ts';
import { sentencesOf, wordsOf } from './skill/words.ts';
import { splitLines } from './syntax/lines.ts';
import { blocksOf, readMarkdown } from './syntax/markdown.ts';
import { MIN_SENTENCE } from './validation/catalog-sentence.ts';
import type { Check, Finding, Guidance } from './validation/check.ts';
import { lintChecks } from './validation/index.ts';

/** The longest message of a finding, which may quote the skill. */
const MAX_MESSAGE = 300;

/** The generic leftovers of a skill, sorted. */
export function lintSkill(skill: Skill): Finding[] {
  return runChecks(skill, lintChecks, readGuidance(skill));
}

/** Runs checks, and makes one line of whatever they quote. Sorted by path, line and code. */
export function runChecks<Against>(skill: Skill, checks: readonly Check<Against>[], against: Against): Finding[] {
  const findings = checks.flatMap(({ meta, run }) =>
    run(skill, against).map(({ path, line, message, mend }) => ({
      code: meta.code,
      path: oneLine(path),
      line,
      message: cut(oneLine(message), MAX_MESSAGE),
      mend: mend ?? meta.mend,
    })),
  );
  return sortFindings(findings);
}

export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      byCodeUnit(a.path, b.path) || a.line - b.line || byCodeUnit(a.code, b.code) || byCodeUnit(a.message, b.message),
  );
}

/** The repository that a skill stands in, by what its map says of its place. Opened only when a line is asked for. */
function linesAround({ dir, map: { file } }: Skill): LinesOf {
  let lines: LinesOf | undefined;
  return (path) => {
    lines ??= open();
    return lines(path);
  };
  function open(): LinesOf {
    const found = file ? rootAround(dir, file.map.application.skill) : undefined;
    return found && 'root' in found ? linesIn(openRepository(found.root)) : () => undefined;
  }
}

/** The sentences of our own resources. Headings are names, which a skill may use. */
function readGuidance(skill: Skill): Guidance {
  const folder = join(import.meta.dirname, '..', 'resources');
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const catalog = files.flatMap((name) =>
    blocksOf(readMarkdown(splitLines(readFileSync(join(folder, name), 'utf8'))))
      .flatMap(({ text }) => sentencesOf(text).map(wordsOf))
      .filter((words) => words.length >= MIN_SENTENCE),
  );
  return { catalog, linesOf: linesAround(skill) };
}
