import { entries, type ScalarNode, type Tree } from './tree.ts';

/** Keys that stand for a function where the short form is not used. */
const LONG_FORM = /^(?:Ref|Condition|Fn::\w+)$/;
const MAX_TEXT = 200;

/** The function that a node calls, in its short or long form: `!Ref Name` and `{ "Ref": "Name" }` are `Ref` of the scalar `Name`. */
export function functionOf(node: Tree): { name: string; value: Tree } | undefined {
  if (node.tag) return { name: node.tag.slice(1), value: node };
  const [only, ...more] = entries(node);
  if (!only || more.length > 0 || !LONG_FORM.test(only.key)) return undefined;
  return { name: only.key.replace(/^Fn::/, ''), value: only.value };
}

/**
 * A template's tree with its functions set aside: `!Sub` and plain texts stay, everything else that CloudFormation works out is
 * a `computed` scalar with the function's text (`!Ref DbVersion`, `!If IsProd, 16.3, 15.8`).
 */
export function withoutFunctions(node: Tree): Tree {
  const call = functionOf(node);
  if (call) return functionNode(call.name, call.value, node.line);
  if (node.kind === 'map') {
    return { ...node, entries: node.entries.map((each) => ({ ...each, value: withoutFunctions(each.value) })) };
  }
  return node.kind === 'list' ? { ...node, items: node.items.map(withoutFunctions) } : node;
}

function functionNode(name: string, value: Tree, line: number): ScalarNode {
  const first = value.kind === 'list' ? value.items[0] : value;
  // Dynamic references are told as they are.
  if (name === 'Sub' && first?.kind === 'scalar') {
    const isWhole = /^\$\{[^}]*\}$/.test(first.text);
    return { kind: 'scalar', line, text: first.text, value: first.text, ...(isWhole ? { computed: true } : {}) };
  }
  const text = `!${name} ${plainText(value)}`.trim();
  return { kind: 'scalar', line, text, value: text, computed: true };
}

/** The scalars of a function's arguments, a function in them with its own name. */
function plainText(node: Tree): string {
  if (node.kind === 'scalar') return node.text.replace(/\s+/g, ' ').slice(0, MAX_TEXT);
  const parts = (node.kind === 'list' ? node.items : node.entries.map((each) => each.value)).slice(0, 8).map(inner);
  return parts.join(', ').slice(0, MAX_TEXT);
}

function inner(node: Tree): string {
  return node.kind === 'scalar' && node.tag ? `${node.tag} ${node.text}` : plainText(node);
}
