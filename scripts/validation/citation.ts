import { findAnchor } from '../skill/citation.ts';
import { mapCitationsOf, type TextCitation, textCitationsOf } from '../skill/skill-citations.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import type { Check, Problem, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'citation',
    what: 'every `path:line` of the skill names a line that exists in the repository, and in the map stands on it by its text',
    mend: 'read the file and cite the line that says it',
  },
  run(skill, target) {
    const { file } = skill.map;
    const inMap = file
      ? mapCitationsOf(file.map).flatMap(({ keys, citation }) => {
          const place = { path: MAP_FILE, line: file.lineOf(...keys) };
          const outside = whyOutside(citation.path);
          if (outside) return [{ ...place, message: `${citation.path}: ${outside}` }];
          const anchor = findAnchor(citation, target.linesOf);
          const cited = `${citation.path}:${citation.line}`;
          if (anchor.state === 'holds') return [];
          if (anchor.state === 'stale') return [{ ...place, message: `${cited}: ${anchor.reason}` }];
          const mend = `write line: ${anchor.line}`;
          return [{ ...place, message: `${cited}: the text stands on line ${anchor.line} now`, mend }];
        })
      : [];
    const known = new Set(target.repository.files);
    const mapped = new Set(
      (file ? mapCitationsOf(file.map) : []).map(({ citation: { path, line } }) => `${path}:${line}`),
    );
    const inText = skill.texts.flatMap(({ path, lines }) =>
      lines.flatMap(({ text, number }): Problem[] =>
        textCitationsOf(text, (each) => known.has(each)).flatMap((citation) => {
          const message = whyNot(citation, target) ?? (ROW.test(text) ? whyBeside(citation, mapped) : undefined);
          return message === undefined
            ? []
            : [{ path, line: number, message: `${citation.path}:${citation.line}: ${message}` }];
        }),
      ),
    );
    return [...inMap, ...inText];
  },
};

function whyNot({ path, line, lastLine }: TextCitation, { linesOf }: Target): string | undefined {
  const outside = whyOutside(path);
  if (outside) return outside;
  const lines = linesOf(path);
  if (!lines) return 'the repository has no such file';
  if (line < 1 || lastLine < line) return 'is no line';
  if (lastLine > lines.length) return `the file has ${lines.length} lines`;
  return lines.slice(line - 1, lastLine).every((each) => each.trim() === '') ? 'the line is empty' : undefined;
}

/** A row as it is rendered from the map; in words of their own people cite what they like. */
const ROW = /^\s{0,4}- \*\*/;

/** A line that the map does not cite, beside one that it does: somebody miscounted, or the map went on alone. */
function whyBeside({ path, line, lastLine }: TextCitation, mapped: ReadonlySet<string>): string | undefined {
  if (lastLine !== line || mapped.size === 0 || mapped.has(`${path}:${line}`)) return undefined;
  const beside = [line - 1, line + 1].find((each) => mapped.has(`${path}:${each}`));
  return beside === undefined ? undefined : `the map cites line ${beside} of it`;
}

function whyOutside(path: string): string | undefined {
  return /^(?:[/\\~]|[A-Za-z]:[\\/])|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path)
    ? 'is no path from the root of the repository'
    : undefined;
}
