import { environmentIn } from '../../environments/names.ts';
import { groupBy } from '../../output/group-by.ts';
import { type Entry, entries, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { type Expression, expressionAt, partsOf } from './expression.ts';
import { stageNamed } from './infrastructure-environment.ts';
import { literalTree, partsTree } from './literal-tree.ts';
import { looseKey } from './loose-keys.ts';
import type { Place } from './place.ts';
import { settingFindings } from './setting-findings.ts';
import type { ProgramText } from './source.ts';

/** `new Frontend(app, 'Frontend-PROD', { ... })`, `FrontendStack(app, "frontend-prod", ...)`. */
const MADE = /(?<![\w$.])(?:new\s{1,8})?([A-Z]\w{1,80})\(\s{0,40}(?:app|this|self|scope|pipeline)\s{0,4},/g;
/** What tells one of them apart from the other. */
const NAMES_STAGE = /^(?:stage|env|environment|stagename|envname|environmentname|deployenv)$/;
/** What it is called and where it stands. */
const IDENTITY =
  /^(?:stack|stackname|cloudformationstackname|description|tags|env|account|region|terminationprotection)$/;

interface Made {
  name: string;
  stage: string;
  settings: readonly Entry[];
  line: number;
}

/** What a program gives one of its own stacks in each environment, where it makes one for each: as `stack.NAME.setting`. */
export function stackFindings(program: ProgramText, where: Omit<Place, 'line'>): Finding[] {
  const made = [...program.code.matchAll(MADE)].flatMap((match) => madeAt(program, match) ?? []);
  return [...groupBy(made, ({ name }) => name)].flatMap(([name, all]) => {
    const stages = new Set(all.map(({ stage }) => stage));
    const isApart = stages.size > 1 && [...stages].some((stage) => stageNamed(stage).class === 'production');
    if (!isApart) return [];
    return all.flatMap(({ stage, settings, line }) =>
      settingFindings({ key: name, line, value: { kind: 'map', line, entries: [...settings] } }, 'stack', {
        ...where,
        ...stageNamed(stage),
      }),
    );
  });
}

function madeAt(program: ProgramText, match: RegExpExecArray): Made | undefined {
  const parts = partsOf(program, match.index + match[0].indexOf('('));
  if (!parts) return undefined;
  const line = program.line(match.index);
  const id = parts.slice(1).map((part) => expressionAt(program, part))[0];
  const named = partsTree(program, parts, line);
  const settings = [...entries(named), ...parts.flatMap((part) => entries(mapOf(program, part)))];
  const stage = stageOf(settings, id);
  if (stage === undefined) return undefined;
  const own = settings.filter(({ key }) => !NAMES_STAGE.test(looseKey(key)) && !IDENTITY.test(looseKey(key)));
  return { name: (match[1] ?? '').replace(/(?<=.)Stack$/, ''), stage, settings: own, line };
}

function mapOf(program: ProgramText, part: Parameters<typeof literalTree>[1]): Tree | undefined {
  const tree = literalTree(program, part);
  return tree.kind === 'map' ? tree : undefined;
}

function stageOf(settings: readonly Entry[], id: Expression | undefined): string | undefined {
  const told = settings.find(({ key }) => NAMES_STAGE.test(looseKey(key)));
  const text = told && textAt({ kind: 'map', line: told.line, entries: [told] }, told.key);
  if (text !== undefined && /^[A-Za-z][\w-]{0,30}$/.test(text)) return text;
  return id?.kind === 'literal' ? environmentIn(id.value, 'deployed')?.name : undefined;
}
