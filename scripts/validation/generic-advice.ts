import environments from '../../resources/environments.json' with { type: 'json' };
import leftovers from '../../resources/leftovers.json' with { type: 'json' };
import type { ParityMap } from '../skill/parity-map.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { wordsOf } from '../skill/words.ts';
import { codeSpans, sectionsOf } from '../syntax/markdown.ts';
import type { Check, Guidance } from './check.ts';

const verbs = new Set(leftovers.adviceVerbs);
const sections = new Set(leftovers.adviceSections);
const openings = new RegExp(`^(?:${leftovers.adviceOpenings.join('|')})\\s+`, 'i');
const adviceWords = new Set(leftovers.adviceWords);
/** Words that every application's skill has, and that name none. */
const everybodys = new Set([
  ...Object.values(environments.names).flat().flatMap(wordsOf),
  ...[
    'identity',
    'config',
    'configuration',
    'runtime',
    'data',
    'services',
    'service',
    'edge',
    'operations',
    'providers',
  ],
  ...['provider', 'app', 'apps', 'application', 'team', 'file', 'files', 'main', 'index', 'src', 'yaml', 'json', 'env'],
  ...leftovers.fillers,
  ...leftovers.adviceVerbs,
]);

export const check: Check<Guidance> = {
  meta: {
    code: 'generic-advice',
    what: 'every line of advice names something of the application: a file, a key, a service, a number, a team',
    mend: 'say which file, key or service it is about, or take the line out',
  },
  run({ map: { file }, body }) {
    // Without the map nobody knows the application's names; the map's own check says what is wrong with it.
    if (!file) return [];
    const names = namesOf(file.map);
    const inText = sectionsOf(body)
      .filter(({ level, title }) => level === 2 && sections.has(title))
      .flatMap(({ lines }) => lines)
      .filter(({ fence, text }) => fence === null && isGeneric(text, names))
      .map(({ text, number }) => ({ path: SKILL_FILE, line: number, message: message(text) }));
    const inMap = (['surfaces', 'register'] as const).flatMap((part) =>
      file.map[part].flatMap((entry, index) =>
        entry.fix !== undefined && isGeneric(`- ${entry.fix}`, names) && part === 'surfaces'
          ? [{ path: MAP_FILE, line: file.lineOf(part, index, 'fix'), message: message(entry.fix) }]
          : [],
      ),
    );
    return [...inText, ...inMap];
  },
};

function message(text: string): string {
  return `advice that fits every application: "${text.trim().slice(0, 80)}"`;
}

/** A list item that starts with an imperative, or says what should be, and holds no code, number, link or proper name, and no name of the application. */
function isGeneric(text: string, names: ReadonlySet<string>): boolean {
  // What stands behind a label (`**Review trigger**:`) is the advice.
  const [, item] = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?(?:\*\*[^*]+\*\*:\s+)?(.*)$/.exec(text) ?? [];
  if (item === undefined || codeSpans(item).length > 0 || /\d|\]\(/.test(item)) return false;
  const words = wordsOf(item.replace(openings, ''));
  const [first] = words;
  if (first === undefined || words.length < 3) return false;
  if (!verbs.has(first) && !words.some((word) => adviceWords.has(word))) return false;
  // A capital inside the sentence is a proper name: a file's, a product's, a person's.
  const capitals = item
    .split(/\s+/)
    .slice(1)
    .filter((word) => /\p{Lu}/u.test(word));
  return !words.some((word) => names.has(word)) && capitals.flatMap(wordsOf).every((word) => everybodys.has(word));
}

function namesOf(map: ParityMap): Set<string> {
  const texts = [
    map.application.name,
    ...map.environments.map(({ name }) => name),
    ...map.productionTruth.map(({ source }) => source),
    ...map.surfaces.flatMap(({ owner, guard, citations }) => [
      owner,
      guard.path ?? '',
      ...citations.map(({ path }) => path),
    ]),
    ...map.register.flatMap(({ subject, owner, guard, citations }) => [
      subject,
      owner,
      guard.path ?? '',
      ...citations.map(({ path }) => path),
    ]),
    ...map.decisions.map(({ by }) => by),
  ];
  return new Set(
    texts
      .flatMap((text) => wordsOf(text.replaceAll('_', ' ')))
      .filter((word) => word.length > 1 && !everybodys.has(word)),
  );
}
