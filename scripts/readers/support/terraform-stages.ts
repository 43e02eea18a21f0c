import { environmentNamed } from '../../environments/names.ts';
import type { HclBlock, HclBody } from '../../syntax/hcl.ts';
import { evaluateHcl, type HclValue } from '../../syntax/hcl-expression.ts';
import { type Entry, type ScalarNode, scalars, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { acrossStages, allBut, type Stage, saysStage, UNNAMED } from './across-stages.ts';
import { stageNamed } from './infrastructure-environment.ts';

/** A name that holds the environment's: `terraform.workspace`, `var.environment`, `data.aws_default_tags.current.tags.environment-name`. */
const ENVIRONMENT =
  /^(?:terraform\.workspace|(?:var|local|data)\.[\w.-]{0,80}?(?:env|environment|stage|workspace)(?:[_-]?name)?|var\.\w{1,60}\.name)$/i;
const ASKS = new RegExp(`\\b${ENVIRONMENT.source.slice(1, -1)}(?![\\w.\\[-])`, 'i');
const OPERATOR = /[?!=]|\bcontains\(/;
const PLAIN = /^local\.[\w-]+$/;
const LOCAL = /\blocal\.[A-Za-z_][\w-]*/g;
const COMPARED = /(?:[=!]=\s{0,4}"([\w-]{1,40})"|"([\w-]{1,40})"\s{0,4}[=!]=)/g;
const LISTED = /\bcontains\(\s{0,4}\[([^\]]{0,300})\]/g;
/** Local values that name each other in a ring are worked out so far. */
const MAX_DEPTH = 10;

/** The expression of a local value of the folder; `undefined` where it has none that asks for the environment. */
export type ExpressionOf = (name: string) => string | undefined;

/** Whether an expression decides by the environment's name. */
export function asksForEnvironment(text: string): boolean {
  return OPERATOR.test(text) && ASKS.test(text);
}

/**
 * What a block says where its expressions decide by the environment's name, asked once for each environment that they name and once for all
 * others: `count` and `for_each` decide whether the block is there, and of `condition ? a : b` the arm that is taken stands in its place.
 *
 * @param own the environment that the block's folder is of, where it is of one
 */
export function blockInEachStage(
  block: HclBlock,
  own: string | undefined,
  expressionOf: ExpressionOf,
  read: (block: HclBlock) => Finding[],
): Finding[] {
  if (block.type === 'locals') return localsInEachStage(block, own, expressionOf, read);
  const texts = [...expressionsOf(block.body)].filter((text) => decides(text, expressionOf));
  if (texts.length === 0) return read(block);
  const names = [...new Set(texts.flatMap((text) => namesIn(text, expressionOf, 0)))];
  if (own !== undefined)
    return isThere(block, own, expressionOf) === false ? [] : read(inStage(block, own, expressionOf));
  if (names.length === 0) return read(block);
  const stages: { name: string; stage: Stage }[] = [
    ...names.map((name) => ({ name, stage: stageNamed(name) })),
    { name: UNNAMED, stage: allBut(names) },
  ];
  const switched = switchOf(block);
  const isSwitched = switched !== undefined && block.type !== 'data' && decides(switched.value.text, expressionOf);
  return [
    ...(isSwitched ? stages.map(({ name, stage }) => saysStage(nameOf(block), name, switched.line, stage)) : []),
    ...acrossStages(
      stages.map(({ name, stage }) => ({
        stage,
        findings:
          isThere(block, name, expressionOf) === false
            ? []
            : [...(isSwitched ? [saysSwitched(block)] : []), ...read(inStage(block, name, expressionOf))],
      })),
    ),
  ];
}

/** Local values one by one: each has names of its own, and one that is a condition says what it does where it is asked. */
function localsInEachStage(
  block: HclBlock,
  own: string | undefined,
  expressionOf: ExpressionOf,
  read: (block: HclBlock) => Finding[],
): Finding[] {
  return block.body.attributes.flatMap((each) => {
    const alone = { ...block, type: 'local', body: { attributes: [each], blocks: [] } };
    const readLocals = (local: HclBlock): Finding[] => read({ ...local, type: 'locals' });
    const isCondition = each.value.kind === 'scalar' && isTruth(valueIn(each.value.text, UNNAMED, expressionOf));
    return isCondition ? readLocals(alone) : blockInEachStage(alone, own, expressionOf, readLocals);
  });
}

function isTruth(value: HclValue | undefined): boolean {
  return value !== undefined && 'literal' in value && typeof value.literal === 'boolean';
}

function saysSwitched(block: HclBlock): Finding {
  const [type = ''] = block.labels;
  return {
    surface: 'operations',
    subject: nameOf(block),
    attribute: 'conditional-resource',
    value: block.type === 'module' ? 'module' : type,
    environment: 'shared',
    line: block.line,
  };
}

function nameOf(block: HclBlock): string {
  return block.labels.at(-1) ?? block.type;
}

function* expressionsOf(body: HclBody): Generator<string> {
  for (const { value } of body.attributes)
    for (const { scalar } of scalars(value)) if (scalar.computed) yield scalar.text;
  for (const block of body.blocks) yield* expressionsOf(block.body);
}

function decides(text: string, expressionOf: ExpressionOf): boolean {
  return asksForEnvironment(text) || [...text.matchAll(LOCAL)].some(([name]) => expressionOf(name) !== undefined);
}

/** The names that an expression compares the environment's with, those of the local values in it too. */
function namesIn(text: string, expressionOf: ExpressionOf, depth: number): string[] {
  const own = asksForEnvironment(text)
    ? [
        ...[...text.matchAll(COMPARED)].map(([, after, before]) => after ?? before ?? ''),
        ...[...text.matchAll(LISTED)].flatMap(([, list = '']) =>
          [...list.matchAll(/"([\w-]+)"/g)].map(([, name = '']) => name),
        ),
      ]
    : [];
  const below = [...text.matchAll(LOCAL)].flatMap(([name]) => {
    const expression = depth < MAX_DEPTH ? expressionOf(name) : undefined;
    return expression === undefined ? [] : namesIn(expression, expressionOf, depth + 1);
  });
  return [...own, ...below].filter((name) => environmentNamed(name, 'deployed') !== undefined);
}

function valueIn(text: string, name: string, expressionOf: ExpressionOf, depth = 0): HclValue | undefined {
  return evaluateHcl(text, (asked) => {
    if (ENVIRONMENT.test(asked)) return { literal: name };
    const expression = depth < MAX_DEPTH ? expressionOf(asked) : undefined;
    return expression === undefined ? undefined : valueIn(expression, name, expressionOf, depth + 1);
  });
}

/** The attribute that says how many there are of a block. */
function switchOf(block: HclBlock): (Entry & { value: ScalarNode }) | undefined {
  const found = block.body.attributes.find(({ key }) => key === 'count' || key === 'for_each');
  return found?.value.kind === 'scalar' && found.value.computed ? { ...found, value: found.value } : undefined;
}

/** Whether there is such a block at all; `undefined` where that hangs on something else. */
function isThere(block: HclBlock, name: string, expressionOf: ExpressionOf): boolean | undefined {
  const value = valueIn(switchOf(block)?.value.text ?? '', name, expressionOf);
  if (value === undefined || 'left' in value) return undefined;
  return 'isEmpty' in value ? !value.isEmpty : value.literal !== 0 && value.literal !== null;
}

function inStage(block: HclBlock, name: string, expressionOf: ExpressionOf): HclBlock {
  return { ...block, body: bodyIn(block.body, name, expressionOf) };
}

function bodyIn(body: HclBody, name: string, expressionOf: ExpressionOf): HclBody {
  return {
    attributes: body.attributes.flatMap((each) => {
      const value = treeIn(each.value, name, expressionOf);
      return value ? [{ ...each, value }] : [];
    }),
    blocks: body.blocks.map((each) => ({ ...each, body: bodyIn(each.body, name, expressionOf) })),
  };
}

/** A value as it is in one environment; `undefined` where it is not set there. */
function treeIn(node: Tree, name: string, expressionOf: ExpressionOf): Tree | undefined {
  if (node.kind === 'list')
    return { ...node, items: node.items.flatMap((each) => treeIn(each, name, expressionOf) ?? []) };
  if (node.kind === 'map') {
    const own = node.entries.flatMap((each): Entry[] => {
      const value = treeIn(each.value, name, expressionOf);
      return value ? [{ ...each, value }] : [];
    });
    return { ...node, entries: own };
  }
  if (!node.computed || !decides(node.text, expressionOf)) return node;
  const value = valueIn(node.text, name, expressionOf);
  if (value && 'left' in value) return { ...node, text: value.left, value: value.left };
  if (!value || !('literal' in value) || value.literal === UNNAMED) return node;
  // What a local value comes to is told on its own line.
  if (PLAIN.test(node.text) && !isTruth(value)) return node;
  if (value.literal === null) return undefined;
  return { kind: 'scalar', line: node.line, text: String(value.literal), value: value.literal };
}
