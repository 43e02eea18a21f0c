import { OVERRIDE_KEYS } from '../environments/overrides.ts';
import type { Citation } from '../skill/parity-map.ts';
import { textCitationsOf } from '../skill/skill-citations.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { wordsOf } from '../skill/words.ts';
import { type MarkdownLine, sectionsOf } from '../syntax/markdown.ts';
import type { Check, Guidance, Problem } from './check.ts';

/** The items of a list with their further lines. */
function itemsOf(lines: readonly MarkdownLine[]): { text: string; line: number }[] {
  const items: { text: string; line: number }[] = [];
  for (const { text, number, fence } of lines) {
    const last = items.at(-1);
    if (fence === null && /^[-*+] /.test(text)) items.push({ text, line: number });
    else if (last && /^\s+\S/.test(text)) last.text += `\n${text}`;
  }
  return items;
}

export const check: Check<Guidance> = {
  meta: {
    code: 'evidence',
    what: 'every environment, truth source, surface and register entry cites a line or names the decision that it rests on',
    mend: 'cite the line that says it, or name the id of the decision',
  },
  run({ map: { file }, body }) {
    const sections = sectionsOf(body);
    const surfaces = sections.find(({ title, level }) => title === 'Parity Surfaces' && level === 2);
    const parts = surfaces ? sectionsOf(surfaces.lines).filter(({ level }) => level === 3) : [];
    const ids = file?.map.decisions.map(({ id }) => id) ?? [];
    const isNamed = (text: string): boolean => ids.some((id) => id !== '' && text.includes(id));
    const inText = parts
      .filter(({ lines }) => lines.some(({ text }) => text.trim() !== ''))
      .filter(({ lines }) => !lines.some(({ text }) => isNamed(text) || textCitationsOf(text, () => false).length > 0))
      .map(({ title, line }) => ({ path: SKILL_FILE, line, message: `the surface "${title}" cites no line` }));
    if (!file) return inText;
    const truth = sections.find(({ title, level }) => title === 'Production Truth Sources' && level === 2);
    const loose = itemsOf(truth?.lines ?? [])
      .filter(({ text }) => !isNamed(text) && !/`[^`\s]+:\d+(?:-\d+)?`/.test(text))
      .map(({ line }) => ({ path: SKILL_FILE, line, message: 'a truth source that cites no line' }));
    const problem = (message: string, ...keys: (string | number)[]): Problem => ({
      path: MAP_FILE,
      line: file.lineOf(...keys),
      message,
    });
    // Somebody who was asked may know an environment that no file tells of.
    const isDecided = (name: string): boolean =>
      file.map.decisions.some(({ question, answer }) =>
        wordsOf(`${question} ${answer}`).join(' ').includes(wordsOf(name).join(' ')),
      );
    const rests = (citations: readonly Citation[], ...texts: string[]): boolean =>
      citations.length > 0 || texts.some(isNamed);
    return [
      ...inText,
      ...loose,
      ...(['environments', 'productionTruth', 'surfaces'] as const)
        .filter((key) => file.map[key].length === 0)
        .map((key) => problem(`the map has no ${key}`, key)),
      ...file.map.productionTruth.flatMap((each, index) => {
        if (each.decision !== undefined && !ids.includes(each.decision)) {
          return [problem(`the map has no decision "${each.decision}"`, 'productionTruth', index, 'decision')];
        }
        const holds = each.decision !== undefined || rests(each.citations, each.says);
        return holds ? [] : [problem(`the truth source "${each.source}" cites no line`, 'productionTruth', index)];
      }),
      ...file.map.environments.flatMap((each, index) =>
        each.citations.length > 0 || OVERRIDE_KEYS.some((key) => each[key]) || isDecided(each.name)
          ? []
          : [problem(`the environment "${each.name}" cites no line`, 'environments', index)],
      ),
      ...file.map.surfaces.flatMap((each, index) =>
        rests(each.citations, each.production)
          ? []
          : [problem(`the surface "${each.surface}" cites no line`, 'surfaces', index)],
      ),
      ...file.map.register.flatMap((each, index) =>
        rests(each.citations, each.production, each.reason)
          ? []
          : [problem(`the register entry "${each.id}" cites no line`, 'register', index)],
      ),
    ];
  },
};
