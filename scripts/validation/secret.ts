import { isRuleId } from '../drift/rule-of-id.ts';
import { isQuestionId } from '../questions/rule-of-id.ts';
import { secretLines } from '../secrets/secret-lines.ts';
import { redactLine, WITHHELD } from '../secrets/withhold.ts';
import { knownIds } from '../skill/known-ids.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { splitLines } from '../syntax/lines.ts';
import type { Check, Guidance } from './check.ts';

export const check: Check<Guidance> = {
  meta: {
    code: 'secret',
    what: 'no credential stands in the skill, be it in a comment or in a fence',
    mend: 'take it out, replace it where it is in use, for it was written down, and say where it is kept instead',
  },
  run({ map: { file }, texts, frontmatter }) {
    const names = namesIn(file?.map);
    const inFrontmatter = [...frontmatter.values.values()].flatMap(({ value, line }) =>
      typeof value === 'string' ? found(SKILL_FILE, [value], line) : [],
    );
    return [
      ...inFrontmatter,
      ...texts.flatMap(({ path, lines }) =>
        found(
          path,
          lines.map(({ text }) => withoutNames(text, names)),
          lines[0]?.number ?? 1,
        ),
      ),
      ...(file
        ? found(
            MAP_FILE,
            splitLines(file.text).map((line) => withoutNames(withoutCited(line), names)),
            1,
          )
        : []),
    ];
  },
};

/** A quoted key with nothing behind it, as `under` cites the blocks that a line stands in. */
const BARE_KEY = /^\s{0,40}- (["'])[\w./ -]{1,120}:\1\s{0,4}$/;

/** A cited text is a line of the repository, from which credentials are withheld already; `citation` holds the two together. */
function withoutCited(line: string): string {
  return /^\s{0,40}(?:- )?text:\s/.test(line) || BARE_KEY.test(line) ? '' : line;
}

/** What a map calls its entries by: each names a difference, `env-name-branch:APP_ENV login`, and holds no value. */
function namesIn(map: ParityMap | undefined): readonly string[] {
  if (!map) return [];
  const subjects = map.register.map(({ subject }) => subject);
  const ids = [...knownIds(map), ...map.decisions.map(({ id }) => id)];
  return [...new Set([...ids, ...subjects])]
    .filter((name) => isRuleId(name) || isQuestionId(name) || redactLine(name) === name)
    .toSorted((a, b) => b.length - a.length);
}

/** A line with the names of entries and the places of citations taken out, which read like credentials beside the words around them. */
function withoutNames(line: string, names: readonly string[]): string {
  // Not within an address or an assignment: `mysql://...`, `TOKEN=...` are no name of an entry.
  const told = names.reduce(
    (text, name) =>
      text.includes(name)
        ? text.replace(new RegExp(`(?<![\\w/@:=])${escapePattern(name)}(?![\\w/@=]|:\\/\\/)`, 'g'), '-')
        : text,
    line,
  );
  return (
    told
      .replace(/[\w@./[\]()+-]{1,300}\.[A-Za-z]\w{0,9}:\d{1,7}(?:-\d{1,7})?(?!\w)/g, '-')
      // "the secret postgres14" names one.
      .replace(/\b(secrets?)\s+`?[a-z]+(?:-[a-z]+){0,8}-?\d{0,2}`?(?![\w:=])/g, '$1')
  );
}

/** The words before it, so that people find it. */
const SHOWN_BEFORE = 30;

/** Names the place only: a finding is printed, and what it found is not to be. */
function found(
  path: string,
  lines: readonly string[],
  first: number,
): { path: string; line: number; message: string }[] {
  const goesOn = secretLines(lines);
  return lines.flatMap((text, index) => {
    const redacted = redactLine(text);
    if (!goesOn.has(index + 1) && redacted === text) return [];
    const before = redacted.slice(0, Math.max(0, redacted.indexOf(WITHHELD))).trim();
    const after = before === '' ? '' : ` (after "${before.slice(-SHOWN_BEFORE).trim()}")`;
    return [{ path, line: first + index, message: `a credential stands here, or what looks like one${after}` }];
  });
}
