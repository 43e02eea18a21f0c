import vocabulary from '../../../resources/client-tools.json' with { type: 'json' };
import type { Drift, EnvironmentClass, Fact, Severity, Surface } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { topicOf } from '../../services/topic.ts';
import { type DeployedUnit, deployedUnits } from '../deployed-units.ts';
import { isHandedOnEmpty } from '../expected.ts';
import { groupKeys } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'key-missing-in-unit',
  says: 'Of the containers and jobs of one environment, one lacks a key that its siblings set: they share it elsewhere, or its command needs it.',
  severity:
    'high: a command of a deployed unit has no connection, or production lacks a key that decides who gets in; medium: production lacks another key; low: otherwise',
  fix: 'declare the key where it is read',
  guard: 'One list of variables that all units of an image share.',
};

const DEPLOYED: readonly EnvironmentClass[] = ['production', 'staging', 'preview'];
/** The variables of a connection that a sibling sets at least, to show that connections are made this way here. */
const PARTS = 2;

export const keyMissingInUnit: Rule = {
  meta,
  find(matrix) {
    const units = deployedUnits(matrix);
    return [
      ...units.flatMap((unit) => withoutConnection(matrix, unit, units)),
      ...units.flatMap((unit) => withoutSharedKeys(matrix, unit, units)),
    ];
  },
};

interface Tool {
  subject: string;
  surface: Surface;
  call: RegExp;
  told: RegExp;
  server: RegExp;
  keys: readonly string[];
}

const tools: readonly Tool[] = vocabulary.tools.map((each) => ({
  subject: each.subject,
  surface: each.surface as Surface,
  call: new RegExp(`(?:^|[\\s;|&("'\`])(?:${each.commands.join('|')})(?=[\\s<;|&"')]|$)([^;|&<\\n]{0,200})`, 'g'),
  told: new RegExp(each.told),
  server: new RegExp(each.server),
  keys: each.keys,
}));

/** A unit whose command calls a client that takes its connection from variables, and that is given none, where siblings are. */
function withoutConnection(matrix: Matrix, unit: DeployedUnit, units: readonly DeployedUnit[]): Drift[] {
  if (unit.isOpen) return [];
  return tools.flatMap((tool) => {
    const calling = unit.runs.filter((fact) => fact.attribute === 'process' && callsBare(tool, String(fact.value)));
    const siblings = siblingsOf(unit, units).filter(
      (each) => tool.keys.filter((key) => each.sets.has(key)).length >= PARTS,
    );
    const isGiven = [...unit.sets.keys()].some((key) => tool.keys.includes(key) || tool.server.test(key));
    if (calling.length === 0 || siblings.length === 0 || isGiven) return [];
    const keys = tool.keys.filter((key) => siblings.every((each) => each.sets.has(key)));
    if (keys.length === 0) return [];
    return [
      driftFor(matrix, unit, siblings, {
        keys,
        subject: tool.subject,
        surface: tool.surface,
        facts: calling,
        title: `${unit.name} calls ${tool.subject} and is given no ${listInWords(keys)}, which ${namesOf(siblings)} set${siblings.length === 1 ? 's' : ''}`,
        severity: isDeployed(matrix, unit) ? 'high' : 'low',
        why: `Its command finds no ${tool.subject}, or another one than its siblings use, at its first run.`,
      }),
    ];
  });
}

function callsBare(tool: Tool, command: string): boolean {
  if (tool.keys.some((key) => command.includes(`${key}=`))) return false;
  return [...command.matchAll(tool.call)].some(([, given = '']) => !tool.told.test(given));
}

/** Keys that a unit's siblings set, and that the unit shares with them in another environment. */
function withoutSharedKeys(matrix: Matrix, unit: DeployedUnit, units: readonly DeployedUnit[]): Drift[] {
  if (unit.isOpen) return [];
  const siblings = siblingsOf(unit, units);
  const elsewhere = units.filter((each) => each.environment !== unit.environment);
  const lacking = new Map<string, { fact: Fact; beside: DeployedUnit; there: Fact[] }>();
  for (const beside of siblings) {
    for (const [key, fact] of beside.sets) {
      if (unit.sets.has(key) || fact.value === '' || isHandedOnEmpty(fact) || platformOf(key)) continue;
      const there = sharedElsewhere(key, unit, beside, elsewhere);
      if (there.length > 0 && !lacking.has(key)) lacking.set(key, { fact, beside, there });
    }
  }
  const groups = groupKeys([...lacking].map(([key, { fact, there }]) => [key, [fact, ...there]] as const));
  return groups.map((group) => {
    const from = [...new Set(group.keys.flatMap((key) => lacking.get(key)?.beside ?? []))];
    const others = [...new Set(group.facts.map((fact) => fact.environment))].filter(
      (name) => name !== unit.environment,
    );
    const [first = ''] = group.keys;
    return driftFor(matrix, unit, from, {
      keys: group.keys,
      subject: group.name,
      surface: topicOf(first)?.surface ?? 'config',
      facts: group.facts,
      title: `${unit.name} lacks ${listInWords(group.keys)} in ${inWords(unit)}, which ${namesOf(from)} ${from.length === 1 ? 'has' : 'have'} there, and both have in ${listInWords(others.sort(byCodeUnit))}`,
      severity: severityOf(matrix, unit, group.keys),
      why: `${unit.name} runs without ${group.name} in ${inWords(unit)}, and with it everywhere else.`,
    });
  });
}

/** The facts by which two units of like names both set a key in another environment. */
function sharedElsewhere(
  key: string,
  unit: DeployedUnit,
  beside: DeployedUnit,
  elsewhere: readonly DeployedUnit[],
): Fact[] {
  for (const own of elsewhere) {
    const here = own.sets.get(key);
    if (own.name !== unit.name || !here) continue;
    const other = elsewhere.find(
      (each) => each.environment === own.environment && each.place === own.place && each.name === beside.name,
    );
    const there = other?.sets.get(key);
    if (there) return [here, there];
  }
  return [];
}

function siblingsOf(unit: DeployedUnit, units: readonly DeployedUnit[]): DeployedUnit[] {
  return units.filter(
    (each) =>
      each.name !== unit.name &&
      each.place === unit.place &&
      (each.environment === unit.environment || each.environment === 'shared'),
  );
}

interface Lack {
  keys: readonly string[];
  subject: string;
  surface: Surface;
  facts: readonly Fact[];
  title: string;
  severity: Severity;
  why: string;
}

function driftFor(matrix: Matrix, unit: DeployedUnit, siblings: readonly DeployedUnit[], lack: Lack): Drift {
  const names =
    unit.environment === 'shared'
      ? matrix.environments.filter((each) => each.class === 'production').map((each) => each.name)
      : [unit.environment];
  const set = siblings.slice(0, 3).flatMap((each) => lack.keys.slice(0, 2).flatMap((key) => each.sets.get(key) ?? []));
  const { keys: _, ...difference } = lack;
  return driftOf(meta, {
    ...difference,
    subject: `${lack.subject} of ${unit.name}`,
    facts: [...lack.facts.slice(0, 4), ...set, ...unit.runs.slice(0, 1)],
    every: true,
    environments: [unit.environment],
    missing: {
      environments: names,
      lookedIn: [...new Set(unit.runs.map((fact) => fact.evidence.path))].sort(byCodeUnit),
    },
  });
}

function severityOf(matrix: Matrix, unit: DeployedUnit, keys: readonly string[]): Severity {
  const isProduction = matrix.environments.some(
    (each) => each.name === unit.environment && each.class === 'production',
  );
  if (!isProduction) return 'low';
  return keys.some((key) => topicOf(key)?.weight === 'high') ? 'high' : 'medium';
}

function isDeployed(matrix: Matrix, unit: DeployedUnit): boolean {
  return unit.runs.some((fact) => matrix.classesOf(fact).some((each) => DEPLOYED.includes(each)));
}

function namesOf(units: readonly DeployedUnit[]): string {
  return listInWords([...new Set(units.map((each) => each.name))].sort(byCodeUnit).slice(0, 4));
}

function inWords(unit: DeployedUnit): string {
  return unit.environment === 'shared' ? 'every deployed environment' : unit.environment;
}
