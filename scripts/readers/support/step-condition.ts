import { classOf } from '../../environments/names.ts';
import { entry, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { CI } from './job-environment.ts';

/** What a workflow knows the environment by that it deploys to. */
const ASKED = String.raw`(?:inputs|env|vars|matrix|github\.event\.inputs|(?:needs|steps)\.[\w-]{1,60}\.outputs)\.(?<key>(?:[\w-]{1,40}[_-])?(?:env|environment|stage)(?:[_-]name)?)(?![\w-])`;
const COMPARED = new RegExp(String.raw`${ASKED}\s{0,4}(?<operator>==|!=)\s{0,4}'(?<name>[\w-]{1,40})'`, 'gi');
/** `contains(inputs.env, 'prod')` asks for the one environment that is called so. */
const CONTAINED = new RegExp(
  String.raw`(?<not>!\s{0,4})?contains\(\s{0,4}(?<asked>${ASKED})\s{0,4},\s{0,4}(?<quoted>'[\w-]{1,40}')\s{0,4}\)`,
  'gi',
);
const LISTED = new RegExp(
  String.raw`(?<not>!\s{0,4})?contains\(\s{0,4}fromJSON\(\s{0,4}'\[(?<names>[^\]]{1,300})\]'\s{0,4}\)\s{0,4},\s{0,4}${ASKED}\s{0,4}\)`,
  'i',
);
/** What runs after something failed, or only where somebody confirms it, is no part of a deployment that goes well. */
const ASIDE = /\b(?:failure|cancelled)\(|confirm/i;
/** Longer conditions are about more than the environment. */
const MAX_CONDITION = 500;

/** For which environments a step runs, where its condition asks for the one that is deployed to: `in staging,production`, `not in production`. */
export function stepCondition(step: Tree, unit: string): Finding[] {
  const given = entry(step, 'if');
  const condition = textAt(step, 'if') ?? '';
  if (!given || condition.length > MAX_CONDITION || ASIDE.test(condition)) return [];
  const name = textAt(step, 'name') ?? textAt(step, 'uses')?.replace(/@.*$/, '') ?? '';
  const runs = listed(condition) ?? compared(condition);
  if (name === '' || runs === undefined) return [];
  return [{ surface: 'operations', subject: name, attribute: 'only-for', value: runs, ...CI, unit, line: given.line }];
}

function listed(condition: string): string | undefined {
  const found = LISTED.exec(condition)?.groups;
  const names = [...(found?.names ?? '').matchAll(/"([\w-]+)"/g)].map((match) => match[1] ?? '');
  return inWords(names, found?.not !== undefined);
}

/** `==` of one environment or another, or `!=` of all that are named; of both nothing can be told. */
function compared(condition: string): string | undefined {
  const plain = condition.replace(CONTAINED, (...parts) => {
    const { not, asked, quoted } = parts.at(-1) as { [name: string]: string | undefined };
    return `${asked} ${not === undefined ? '==' : '!='} ${quoted}`;
  });
  const all = [...plain.matchAll(COMPARED)].map(({ groups }) => ({
    isOther: groups?.operator === '!=',
    name: groups?.name ?? '',
  }));
  const [first] = all;
  const isAlternative = condition.includes('||');
  if (!first || all.some((each) => each.isOther !== first.isOther)) return undefined;
  // `a == 'x' && a == 'y'` is never, and `a != 'x' || a != 'y'` is always.
  if (all.length > 1 && isAlternative === first.isOther) return undefined;
  // Beside something else that is asked for, an environment is one way among others.
  if (isAlternative && condition.split('||').length !== all.length) return undefined;
  return inWords(
    all.map((each) => each.name),
    first.isOther,
  );
}

function inWords(names: readonly string[], isOther: boolean): string | undefined {
  const known = [...new Set(names)];
  return known.some((name) => classOf(name, 'deployed') !== undefined)
    ? `${isOther ? 'not in' : 'in'} ${known.join(',')}`
    : undefined;
}
