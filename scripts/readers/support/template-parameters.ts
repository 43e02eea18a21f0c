import { isSecretKey } from '../../secrets/withhold.ts';
import { at, items, type ScalarNode, type Tree, textAt } from '../../syntax/tree.ts';

/** A reference to a parameter, in a text or as a value that is no string. */
const REFERENCE = /\$\{\{?([A-Za-z_]\w{0,119})\}?\}/g;

/**
 * The objects of an OpenShift template with the defaults of its parameters filled in. What whoever processes the template must give, and
 * what is secret, stays a reference.
 */
export function withParameters(template: Tree, objects: Tree): Tree {
  const defaults = new Map(
    items(at(template, 'parameters')).flatMap((each) => {
      const [name, value] = [textAt(each, 'name'), textAt(each, 'value')];
      return name && value && !isSecretKey(name) && !value.includes('${') ? [[name, value] as const] : [];
    }),
  );
  return defaults.size === 0 ? objects : filled(objects, defaults, new Map());
}

/** A node that stands in several places is filled in once. */
function filled(node: Tree, defaults: ReadonlyMap<string, string>, done: Map<Tree, Tree>): Tree {
  const known = done.get(node);
  if (known) return known;
  const made: Tree =
    node.kind === 'scalar'
      ? scalar(node, defaults)
      : node.kind === 'list'
        ? { ...node, items: node.items.map((each) => filled(each, defaults, done)) }
        : {
            ...node,
            entries: node.entries.map((each) => ({ ...each, value: filled(each.value, defaults, done) })),
          };
  done.set(node, made);
  return made;
}

function scalar(node: ScalarNode, defaults: ReadonlyMap<string, string>): ScalarNode {
  if (typeof node.value !== 'string' || !node.text.includes('${')) return node;
  const text = node.text.replace(REFERENCE, (whole, name: string) => defaults.get(name) ?? whole);
  return text === node.text ? node : { ...node, text, value: text };
}
