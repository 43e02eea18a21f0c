import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { processRoleOf } from '../../services/process-role.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'parts-differ',
  says: 'One program runs the parts that a flag lists (`--services=web,worker`), and a developer’s run or CI lists others than production.',
  severity: 'high: production lists no part that works in the background, and others do; medium: otherwise',
  fix: 'run what production runs',
  guard: 'A smoke test that gives each part one job, under production’s list.',
};

/** Flags that say which parts of a program run. */
const FLAG =
  /(?<![\w-])--?(?<flag>services?|processes|roles?|components?|modules|parts|daemons|workers)(?:=|\s+)(?<list>[a-z][\w-]*(?:,[a-z][\w-]*)*)(?![\w,=/.])/g;
const LIST = /^[a-z][\w-]*(?:,[a-z][\w-]*)+$/;
/** The most parts that a list has in earnest. */
const MAX_PARTS = 20;

interface Listed {
  fact: Fact;
  parts: readonly string[];
}

export const partsDiffer: Rule = {
  meta,
  find(matrix) {
    const listed = matrix
      .rowsOf('process')
      .flatMap((row) => row.facts)
      .flatMap((fact) =>
        [...String(fact.value).matchAll(FLAG)].map(({ groups }) => ({
          fact,
          flag: groups?.flag ?? '',
          parts: partsOf(groups?.list ?? ''),
        })),
      );
    return [...groupBy(listed, ({ flag }) => flag)].flatMap(([flag, own]) => findForFlag(matrix, flag, own));
  },
};

function findForFlag(matrix: Matrix, flag: string, listed: readonly Listed[]): Drift[] {
  const key = flag.replaceAll('-', '_').toUpperCase();
  const others = listed.filter(({ fact }) => ['local', 'ci', 'test'].includes(matrix.classOf(fact) ?? ''));
  const deployed = [...listed.filter(({ fact }) => isDeployed(matrix, fact)), ...valuesOf(matrix, key)];
  // One word alone may be anything; a list on either side tells that the flag takes parts.
  if (others.length === 0 || deployed.length === 0 || ![...others, ...deployed].some(({ parts }) => parts.length > 1))
    return [];
  const here = new Set(others.flatMap(({ parts }) => parts));
  const there = new Set(deployed.flatMap(({ parts }) => parts));
  const more = [...here].filter((part) => !there.has(part)).sort(byCodeUnit);
  const less = [...there].filter((part) => !here.has(part)).sort(byCodeUnit);
  if ((more.length === 0 && less.length === 0) || ![...here].some((part) => there.has(part))) return [];
  const where = environmentsInWords(others.map(({ fact }) => fact));
  const differs = [
    ...(more.length > 0 ? [`${where} starts ${listInWords(more)}, which production’s --${flag} leaves out`] : []),
    ...(less.length > 0 ? [`${more.length > 0 ? 'and not' : `${where} does not start`} ${listInWords(less)}`] : []),
  ];
  return [
    driftOf(meta, {
      surface: 'operations',
      subject: key,
      title: differs.join(', '),
      severity: more.some((part) => processRoleOf(part, '') !== undefined) ? 'high' : 'medium',
      facts: [...deployed.map(({ fact }) => fact), ...others.map(({ fact }) => fact)],
      every: true,
      environments: environmentsOf(others.map(({ fact }) => fact)),
      why:
        more.length > 0
          ? 'What only the other list starts is tried out and does not run in production, unless somebody sets its list by hand.'
          : 'What only production’s list starts is first run there.',
    }),
  ];
}

/** What runs where the application is deployed, and not a script that says what could. */
function isDeployed(matrix: Matrix, fact: Fact): boolean {
  const cls = matrix.classOf(fact);
  return cls === 'production' || (cls === undefined && !matrix.isPipeline(fact) && fact.reader !== 'package-json');
}

/** What production sets the list to, and what the program takes where nobody does. */
function valuesOf(matrix: Matrix, key: string): Listed[] {
  const facts = [
    ...matrix.factsOf(key, 'value').filter((fact) => matrix.classOf(fact) === 'production'),
    ...matrix.factsOf(key, 'default').filter((fact) => matrix.classOf(fact) === undefined),
  ];
  return facts
    .filter((fact) => LIST.test(String(fact.value)))
    .map((fact) => ({ fact, parts: partsOf(String(fact.value)) }));
}

function partsOf(list: string): string[] {
  return list.split(',').slice(0, MAX_PARTS);
}
