import { environmentNamed } from '../../environments/names.ts';
import { groupBy } from '../../output/group-by.ts';
import { functionOf } from '../../syntax/cloudformation.ts';
import { allOf, not, someOf, type Truth } from '../../syntax/known-truth.ts';
import { at, type Entry, entries, items, type ScalarNode, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { acrossStages, allBut, type Stage, saysStage, UNNAMED } from './across-stages.ts';
import { stageNamed } from './infrastructure-environment.ts';

/** An environment that a CloudFormation template tells apart by itself, or all others. */
interface TemplateStage {
  stage: Stage;
  /** What the parameter of the environment's name holds there; `UNNAMED` for all that are not named. */
  name: string;
  /** The first line that names it. */
  line: number;
  /** The AWS accounts that a mapping gives it: none where the template tells by a parameter alone. */
  accounts: readonly string[];
}

interface Template {
  /** The parameters that hold the name of the environment. */
  parameters: ReadonlySet<string>;
  conditions: ReadonlyMap<string, Tree>;
  mappings: Tree | undefined;
  /** The keys of rows that are of one environment: the names of all, and their accounts. */
  rows: ReadonlySet<string>;
}

/** A parameter that is called so holds the name of the environment, whatever it is compared with. */
const PARAMETER = /^(?:app|deploy|deployment|target|stack)?(?:env|environment|stage)(?:name|type)?$/i;
/** The row of an account says which environment it is of. */
const ROW_OF = /^(?:env|environment|stage)(?:name)?$/i;
const ACCOUNT = /^\d{12}$/;
const NAME = /^(?!(?:none|default|all|other|placeholder|true|false)$)[A-Za-z][\w-]{1,30}$/i;
/** Conditions that name each other in a ring are worked out so far. */
const MAX_DEPTH = 20;

/**
 * What a template says where it tells environments apart by itself: by a parameter that its conditions compare with their names, and by
 * mappings that have a row for each, or for the account of each. `read` is asked once for each environment, of the template as it is there:
 * without the resources whose condition does not hold, `Fn::If` as the arm that is taken, `Fn::FindInMap` as the value of the row, at its own
 * line. What all have alike is told once, as `read` tells it. A template that names no production tells nothing apart.
 */
export function inEachStage(tree: Tree, unit: string, read: (tree: Tree) => Finding[]): Finding[] {
  const comparisons = entries(at(tree, 'Conditions')).flatMap(({ value }) => [...comparisonsIn(value)]);
  const said: Omit<Template, 'rows'> = {
    parameters: parametersOf(tree, comparisons),
    conditions: new Map(entries(at(tree, 'Conditions')).map(({ key, value }) => [key, value])),
    mappings: at(tree, 'Mappings'),
  };
  const named = stagesOf(tree, said, comparisons);
  const [first] = named;
  if (!first || !named.some(({ stage }) => stage.class === 'production')) return read(tree);
  const template = { ...said, rows: new Set(named.flatMap(({ name, accounts }) => [name, ...accounts])) };
  // Where a condition names production alone, there is something that it is told apart from.
  const stages =
    named.length > 1 ? named : [first, { stage: allBut([first.name]), name: UNNAMED, line: first.line, accounts: [] }];
  return [
    ...stages.map(({ stage, name, line }) => ({ ...saysStage(unit, name, line, stage), unit })),
    ...acrossStages(stages.map((each) => ({ stage: each.stage, findings: read(templateIn(tree, template, each)) }))),
  ];
}

interface Comparison {
  parameter: string;
  literal: ScalarNode;
}

/** Every `Fn::Equals` of a parameter and a literal below a node. */
function* comparisonsIn(node: Tree): Generator<Comparison> {
  const call = functionOf(node);
  if (call?.name === 'Equals') {
    const [parameter] = items(call.value).flatMap((each) => parameterOf(each) ?? []);
    const literal = items(call.value).find(isLiteral);
    if (parameter !== undefined && literal !== undefined) yield { parameter, literal };
    return;
  }
  const inner = call?.value ?? node;
  if (inner.kind === 'list') for (const item of inner.items) yield* comparisonsIn(item);
  else for (const { value } of entries(inner)) yield* comparisonsIn(value);
}

/** The parameter that `!Ref Name` or `!Sub ${Name}` is. */
function parameterOf(node: Tree): string | undefined {
  const call = functionOf(node);
  if (call?.value.kind !== 'scalar') return undefined;
  if (call.name === 'Ref') return call.value.text;
  return call.name === 'Sub' ? /^\$\{([\w:]+)\}$/.exec(call.value.text)?.[1] : undefined;
}

function isLiteral(node: Tree): node is ScalarNode {
  return node.kind === 'scalar' && !node.tag && node.value !== null;
}

function literalOf(node: Tree): string | undefined {
  return isLiteral(node) ? node.text : undefined;
}

function isProduction(name: string): boolean {
  return environmentNamed(name, 'deployed')?.class === 'production';
}

function allowedValues(tree: Tree, parameter: string): ScalarNode[] {
  return items(at(tree, 'Parameters', parameter, 'AllowedValues')).filter(isLiteral);
}

function parametersOf(tree: Tree, comparisons: readonly Comparison[]): ReadonlySet<string> {
  const declared = entries(at(tree, 'Parameters')).map(({ key }) => key);
  return new Set([
    ...declared.filter((key) => PARAMETER.test(key) || allowedValues(tree, key).some(({ text }) => isProduction(text))),
    ...comparisons.filter(({ literal }) => isProduction(literal.text)).map(({ parameter }) => parameter),
  ]);
}

function stagesOf(
  tree: Tree,
  { parameters, mappings }: Omit<Template, 'rows'>,
  comparisons: readonly Comparison[],
): TemplateStage[] {
  const tables = entries(mappings).map(({ value }) => entries(value));
  const accounts = tables.flat().flatMap((row) => {
    const name = ACCOUNT.test(row.key) ? nameInRow(row) : undefined;
    return name ? [{ name, account: row.key }] : [];
  });
  const defaults = [...parameters].flatMap((each) => at(tree, 'Parameters', each, 'Default') ?? []).filter(isLiteral);
  const named = [
    ...[...parameters].flatMap((each) => allowedValues(tree, each)),
    ...defaults,
    ...comparisons.filter(({ parameter }) => parameters.has(parameter)).map(({ literal }) => literal),
    ...accounts.map(({ name }) => name),
    ...tables.filter((rows) => rows.some(({ key }) => isProduction(key))).flatMap((rows) => rows.map(textOfKey)),
  ].filter(({ text }) => NAME.test(text));
  return [...groupBy(named, ({ text }) => text)].map(([name, all]) => ({
    name,
    stage: stageNamed(name),
    line: Math.min(...all.map(({ line }) => line)),
    accounts: [...new Set(accounts.filter((each) => each.name.text === name).map(({ account }) => account))],
  }));
}

function textOfKey({ key, line }: Entry): { text: string; line: number } {
  return { text: key, line };
}

function nameInRow(row: Entry): ScalarNode | undefined {
  return entries(row.value).flatMap(({ key, value }) => (ROW_OF.test(key) && isLiteral(value) ? [value] : []))[0];
}

/** A template as it is in one environment. */
function templateIn(tree: Tree, template: Template, stage: TemplateStage): Tree {
  if (tree.kind !== 'map') return tree;
  const own = tree.entries.flatMap((part): Entry[] => {
    if (part.key === 'Parameters' || part.key === 'Conditions') return [part];
    if (part.key === 'Mappings') return [{ ...part, value: rowsOf(part.value, template, stage) }];
    const kept =
      part.key === 'Resources' && part.value.kind === 'map'
        ? { ...part.value, entries: part.value.entries.filter(({ value }) => mayExist(value, template, stage)) }
        : part.value;
    const value = resolved(kept, template, stage);
    return value ? [{ ...part, value }] : [];
  });
  return { ...tree, entries: own };
}

function mayExist(resource: Tree, template: Template, stage: TemplateStage): boolean {
  const condition = textAt(resource, 'Condition');
  return condition === undefined || isMet(condition, template, stage) !== false;
}

/** Mappings with what the row of one environment says in place of all rows, where they are of environments. */
function rowsOf(mappings: Tree, { rows }: Template, stage: TemplateStage): Tree {
  if (mappings.kind !== 'map') return mappings;
  return {
    ...mappings,
    entries: mappings.entries.flatMap((table) => {
      const row = rowOf(table.value, stage);
      if (row) return [{ ...table, value: row }];
      return entries(table.value).some(({ key }) => rows.has(key)) ? [] : [table];
    }),
  };
}

function rowOf(table: Tree, stage: TemplateStage): Tree | undefined {
  const names = [stage.name, ...stage.accounts];
  return entries(table).find(({ key }) => names.includes(key))?.value;
}

/** A node as it is in one environment; `undefined` where it is left out there. */
function resolved(node: Tree, template: Template, stage: TemplateStage): Tree | undefined {
  const call = functionOf(node);
  if (call) {
    const parameter = parameterOf(node);
    if (parameter === 'AWS::NoValue') return undefined;
    if (parameter !== undefined && template.parameters.has(parameter))
      return stage.name === UNNAMED ? node : literal(stage.name, node.line);
    if (call.name === 'FindInMap') return found(call.value, template, stage) ?? node;
    if (call.name !== 'If' || call.value.kind !== 'list') return node;
    const [condition, whenMet, otherwise] = call.value.items;
    const met = condition?.kind === 'scalar' ? isMet(condition.text, template, stage) : undefined;
    const arm = met === undefined ? undefined : met ? whenMet : otherwise;
    return arm ? resolved(arm, template, stage) : node;
  }
  if (node.kind === 'list')
    return { ...node, items: node.items.flatMap((each) => resolved(each, template, stage) ?? []) };
  if (node.kind !== 'map') return node;
  return {
    ...node,
    entries: node.entries.flatMap((each) => {
      const value = resolved(each.value, template, stage);
      if (!value) return [];
      // A value that was chosen is told where it stands.
      return [{ ...each, value, line: functionOf(each.value) && value !== each.value ? value.line : each.line }];
    }),
  };
}

function literal(text: string, line: number): ScalarNode {
  return { kind: 'scalar', line, text, value: text };
}

/** The value that `[Map, first key, second key]` leads to; the first key may be the environment's name, or its account. */
function found(value: Tree, template: Template, stage: TemplateStage): Tree | undefined {
  const [map, first, second] = items(value);
  const table = map && at(template.mappings, literalOf(map) ?? '');
  const key = second && literalOf(second);
  if (!table || !first || key === undefined) return undefined;
  const parameter = parameterOf(first);
  const isOfStage = parameter !== undefined && (parameter === 'AWS::AccountId' || template.parameters.has(parameter));
  const row = isOfStage ? rowOf(table, stage) : at(table, literalOf(first) ?? '');
  return at(row, key);
}

/** Whether a condition holds in an environment; `undefined` where that hangs on something else. */
function isMet(condition: string, template: Template, stage: TemplateStage): Truth {
  const accounts = stage.accounts.length > 0 ? stage.accounts : [undefined];
  const answers = new Set(accounts.map((account) => truthOf(condition, { template, stage, account }, 0)));
  return answers.size === 1 ? [...answers][0] : undefined;
}

interface Asked {
  template: Template;
  stage: TemplateStage;
  account: string | undefined;
}

function truthOf(condition: string, asked: Asked, depth: number): Truth {
  const node = asked.template.conditions.get(condition);
  return node && depth < MAX_DEPTH ? truthOfNode(node, asked, depth + 1) : undefined;
}

function truthOfNode(node: Tree, asked: Asked, depth: number): Truth {
  const call = functionOf(node);
  if (!call || depth > MAX_DEPTH) return undefined;
  const all = items(call.value);
  if (call.name === 'Condition')
    return call.value.kind === 'scalar' ? truthOf(call.value.text, asked, depth) : undefined;
  if (call.name === 'Equals') return areEqual(all, asked);
  const answers = (): Truth[] => all.map((each) => truthOfNode(each, asked, depth + 1));
  if (call.name === 'Not') return not(answers()[0]);
  if (call.name === 'And') return allOf(answers());
  return call.name === 'Or' ? someOf(answers()) : undefined;
}

function areEqual(sides: readonly Tree[], asked: Asked): Truth {
  const [left, right] = sides.map((each) => textOf(each, asked));
  return left === undefined || right === undefined ? undefined : left === right;
}

/** What a side of a comparison is in an environment; `undefined` where that is not known. */
function textOf(node: Tree, { template, stage, account }: Asked): string | undefined {
  const parameter = parameterOf(node);
  if (parameter === 'AWS::AccountId') return account;
  if (parameter !== undefined) return template.parameters.has(parameter) ? stage.name : undefined;
  const call = functionOf(node);
  if (!call) return literalOf(node);
  const value = call.name === 'FindInMap' ? found(call.value, template, stage) : undefined;
  return value && literalOf(value);
}
