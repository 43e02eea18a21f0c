import { isRuleId } from '../drift/rule-of-id.ts';
import { isQuestionId } from '../questions/rule-of-id.ts';
import { knownIds } from '../skill/known-ids.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { phraseOf } from '../skill/words.ts';
import { codeSpans, sectionsOf } from '../syntax/markdown.ts';
import type { Check, Problem, Target } from './check.ts';

/** The words that a label of each surface starts with. */
const surfaceWords = new Map(
  Object.entries({
    identity: ['identity'],
    config: ['config', 'configuration'],
    runtime: ['runtime', 'runtimes'],
    data: ['data'],
    services: ['services', 'service'],
    edge: ['edge'],
    operations: ['operations'],
    providers: ['providers', 'provider'],
  }).flatMap(([surface, words]) => words.map((word) => [word, surface] as const)),
);

export const check: Check<Target> = {
  meta: {
    code: 'in-step',
    what: 'SKILL.md and parity-map.yaml speak of the same surfaces, environments and register entries',
    mend: 'change the map, then generate SKILL.md from it again',
  },
  run({ map: { file }, body, texts }) {
    if (!file) return [];
    const all = texts.flatMap(({ lines }) => lines);
    const phrase = phraseOf(all.map(({ text }) => text).join('\n'));
    const says = (text: string): boolean => phrase.includes(phraseOf(text));
    const inMap = (message: string, ...keys: (string | number)[]): Problem => ({
      path: MAP_FILE,
      line: file.lineOf(...keys),
      message: `SKILL.md does not name ${message}`,
    });
    const { register, environments, surfaces, decisions } = file.map;
    const section = sectionsOf(body).find(({ title, level }) => title === 'Parity Surfaces' && level === 2);
    const labels = (section?.lines ?? []).flatMap(({ text, number, fence }) => {
      const surface = fence === null ? surfaceOfLabel(text) : undefined;
      return surface === undefined ? [] : [{ surface, line: number }];
    });
    const mapped = new Set<string>(surfaces.map(({ surface }) => surface));
    const known = new Set([...knownIds(file.map), ...decisions.map(({ id }) => id)]);
    const rules = new Set([...known].map((id) => id.split(':')[0] ?? ''));
    return [
      ...environments.flatMap(({ name }, index) =>
        says(name) ? [] : [inMap(`the environment "${name}"`, 'environments', index, 'name')],
      ),
      ...register.flatMap(({ id, title }, index) =>
        says(id) || says(title) ? [] : [inMap(`the register entry "${id}"`, 'register', index, 'id')],
      ),
      ...(section ? surfaces : []).flatMap(({ surface }, index) =>
        labels.some((label) => label.surface === surface)
          ? []
          : [inMap(`the surface "${surface}" under Parity Surfaces`, 'surfaces', index, 'surface')],
      ),
      ...labels
        .filter(({ surface }) => !mapped.has(surface))
        .map(({ surface, line }) => ({ path: SKILL_FILE, line, message: `the map has no surface "${surface}"` })),
      ...texts.flatMap(({ path, lines }) =>
        lines.flatMap(({ text, number }) =>
          codeSpans(text)
            .filter(({ code }) => isOfEntry(code, rules) && !known.has(code))
            .map(({ code }) => ({ path, line: number, message: `the map has no entry "${code}"` })),
        ),
      ),
    ];
  },
};

/** Whether a text reads like the id of an entry: of a rule, or of what people call theirs here (`by-hand:login`). */
function isOfEntry(code: string, rules: ReadonlySet<string>): boolean {
  const [, rule = '', rest = ''] = /^([a-z][a-z-]*):(\S.*)$/.exec(code) ?? [];
  return isRuleId(`${rule}:`) || isQuestionId(`${rule}:`) || (rules.has(rule) && /^[^\s:]+(?::[^\s:]+)*$/.test(rest));
}

/** The surface that a heading below the section starts with, or that is all a table row's first cell or an item's bold start holds. */
function surfaceOfLabel(text: string): string | undefined {
  const heading = /^ {0,3}#{3,6}\s+(.*)$/.exec(text)?.[1];
  const label =
    heading ?? /^\s*\|\s*([^|]+?)\s*\|/.exec(text)?.[1] ?? /^\s*(?:[-*+]|\d+[.)])\s+\*\*(.+?)\*\*/.exec(text)?.[1];
  const words = label === undefined ? [] : phraseOf(label).trim().split(' ');
  const [first] = heading === undefined && words.length > 1 ? [] : words;
  return first === undefined ? undefined : surfaceWords.get(first);
}
