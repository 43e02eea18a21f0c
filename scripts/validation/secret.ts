import { secretLines } from '../secrets/secret-lines.ts';
import { redactLine } from '../secrets/withhold.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { splitLines } from '../syntax/lines.ts';
import type { Check, Guidance } from './check.ts';

export const check: Check<Guidance> = {
  meta: {
    code: 'secret',
    what: 'no credential stands in the skill, be it in a comment or in a fence',
    mend: 'take it out, replace it where it is in use, for it was written down, and say where it is kept instead',
  },
  run({ map: { file }, texts, frontmatter }) {
    const inFrontmatter = [...frontmatter.values.values()].flatMap(({ value, line }) =>
      typeof value === 'string' ? found(SKILL_FILE, [value], line) : [],
    );
    return [
      ...inFrontmatter,
      ...texts.flatMap(({ path, lines }) =>
        found(
          path,
          lines.map(({ text }) => text),
          lines[0]?.number ?? 1,
        ),
      ),
      ...(file ? found(MAP_FILE, splitLines(file.text).map(withoutCited), 1) : []),
    ];
  },
};

/** A cited text is a line of the repository, from which credentials are withheld already; `citation` holds the two together. */
function withoutCited(line: string): string {
  return /^\s{0,40}(?:- )?text:\s/.test(line) ? '' : line;
}

/** Names the lines only: a finding is printed, and what it found is not to be. */
function found(
  path: string,
  lines: readonly string[],
  first: number,
): { path: string; line: number; message: string }[] {
  const goesOn = secretLines(lines);
  return lines.flatMap((text, index) =>
    goesOn.has(index + 1) || redactLine(text) !== text
      ? [{ path, line: first + index, message: 'a credential stands here, or what looks like one' }]
      : [],
  );
}
