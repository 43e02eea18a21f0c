import { items, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { blockText } from './block-text.ts';
import type { Target } from './job-environment.ts';
import { shellFindings } from './shell-findings.ts';

/** What the commands of a CI job say, given as one text or as lists (in lists, as anchors leave them). `lines`: the whole file. */
export function scriptFindings(
  scripts: readonly (Tree | undefined)[],
  targets: readonly Target[],
  unit: string | undefined,
  lines: readonly string[],
): Finding[] {
  return scripts.flatMap(flatten).flatMap((item) => {
    const script = blockText(item, lines);
    if (!script) return [];
    return targets.flatMap((target) =>
      shellFindings(script.text, script.line, { ...target, ...(unit === undefined ? {} : { unit }) }),
    );
  });
}

/** Lists in lists, as anchors and `!reference` leave them. */
function flatten(node: Tree | undefined): Tree[] {
  return items(node).flatMap((item) => (item.kind === 'list' ? flatten(item) : [item]));
}
