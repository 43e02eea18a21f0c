import { entries, items, scalars, type Tree } from '../../syntax/tree.ts';

/** A text of a workflow with the line that states it; `null` where only a run computes it. */
export interface WorkflowValue {
  text: string | null;
  line: number;
}

/** What an expression may name, as `matrix.node` or `inputs.version`, with every value that it takes. */
export type WorkflowContext = ReadonlyMap<string, readonly WorkflowValue[]>;

/** What a matrix may have of one name: GitHub runs 256 jobs at most. */
const MAX_VALUES = 256;
const EXPRESSION = /\$\{\{([^}]*)\}\}/g;
const REFERENCE = /^(?:matrix|env|inputs)\.[\w.-]+/;

/** The values that a matrix, `env` maps and input defaults give to expressions. Later maps of `env` win. */
export function workflowContext(parts: {
  matrix?: Tree | undefined;
  env?: readonly (Tree | undefined)[];
  inputs?: readonly (Tree | undefined)[];
}): WorkflowContext {
  const context = new Map<string, WorkflowValue[]>();
  for (const { key, value } of entries(parts.matrix)) {
    if (key === 'exclude') continue;
    for (const item of items(value)) {
      for (const { keys, line, scalar } of scalars(item)) {
        const name = ['matrix', ...(key === 'include' ? [] : [key]), ...keys].join('.');
        const known = context.get(name) ?? [];
        if (known.length < MAX_VALUES && known.every((each) => each.text !== scalar.text))
          known.push({ text: scalar.text, line });
        context.set(name, known);
      }
    }
  }
  for (const map of parts.env ?? []) {
    for (const { key, value, line } of entries(map)) {
      if (value.kind === 'scalar' && !value.text.includes('${{'))
        context.set(`env.${key}`, [{ text: value.text, line }]);
    }
  }
  const taken = new Map<string, string>();
  for (const map of parts.env ?? []) {
    for (const { key, value } of entries(map)) {
      const input =
        value.kind === 'scalar' ? /^\$\{\{\s*(inputs\.[\w-]+)\b[^}]*\}\}$/.exec(value.text)?.[1] : undefined;
      if (input !== undefined) taken.set(`env.${key}`, input);
    }
  }
  for (const map of parts.inputs ?? []) {
    for (const { key, value } of entries(map)) {
      const given = entries(value).find((each) => each.key === 'default');
      // A choice runs with whichever of its options is picked, its default being one of them.
      const options = items(entries(value).find((each) => each.key === 'options')?.value);
      const choices = options.flatMap((each) => (each.kind === 'scalar' ? [{ text: each.text, line: each.line }] : []));
      if (choices.length > 0) context.set(`inputs.${key}`, choices);
      else if (given?.value.kind === 'scalar')
        context.set(`inputs.${key}`, [{ text: given.value.text, line: given.line }]);
    }
  }
  // A variable that hands an input on takes the same choices.
  for (const [name, input] of taken) {
    const values = context.get(input);
    if (values !== undefined && values.length > 1 && !context.has(name)) context.set(name, values);
  }
  return context;
}

/** Every value that a text takes: itself, each value of a matrix with its own line, a literal default, or `null`. */
export function workflowValues(text: string, line: number, context: WorkflowContext): WorkflowValue[] {
  const expressions = [...new Set([...text.matchAll(EXPRESSION)].map((match) => match[0]))];
  const [only] = expressions;
  if (only === undefined) return [{ text, line }];
  if (expressions.length > 1) return [{ text: null, line }];
  return valuesOf(only.slice(3, -2).trim(), line, context).map((value) => ({
    text: value.text === null ? null : text.replaceAll(only, value.text),
    line: value.line,
  }));
}

/** The literals that a computed text may turn out as: `production` and `staging` of `${{ main && 'production' || 'staging' }}`. */
export function literalBranches(text: string): string[] {
  const expressions = [...text.matchAll(EXPRESSION)].map((match) => match[1] ?? '');
  return expressions.flatMap((each) => [...each.matchAll(/(?:&&|\|\|)\s*'([^']*)'/g)].map((match) => match[1] ?? ''));
}

function valuesOf(expression: string, line: number, context: WorkflowContext): readonly WorkflowValue[] {
  const [first = '', fallback, ...more] = expression.split('||').map((part) => part.trim());
  const name = REFERENCE.exec(first)?.[0];
  const known = name === first ? context.get(first) : undefined;
  if (known && known.length > 0) return known;
  const literal = /^'([^']*)'$/.exec(fallback ?? '')?.[1] ?? /^\d[\d.]*$/.exec(fallback ?? '')?.[0];
  // Behind `&&` a literal is one branch of a condition, and no default.
  if (literal !== undefined && more.length === 0 && /^[\w.-]+$/.test(first)) return [{ text: literal, line }];
  return [{ text: null, line }];
}
