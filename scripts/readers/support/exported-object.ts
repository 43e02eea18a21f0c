import type { Tree } from '../../syntax/tree.ts';
import { literalTree } from './literal-tree.ts';
import type { ProgramText } from './source.ts';

const EXPORT = /\bmodule\.exports\s{0,8}=(?![=>])\s{0,40}|\bexport\s{1,8}default\s{1,40}|\bexport\s{0,8}=\s{0,40}/g;
/** What may stand between an export and its object: wrappers and functions that only return it. */
const AROUND = [
  /^(?:await|async)\s+/,
  /^[A-Za-z_$][\w$.]{0,80}(?:<[^<>()]{0,80}>)?\(\s{0,40}(?=[{A-Za-z_$(])/,
  /^\([^()]{0,200}\)\s{0,8}(?::\s{0,4}[\w.<>]{1,60}\s{0,8})?=>\s{0,40}/,
  /^[A-Za-z_$][\w$]{0,40}\s{0,8}=>\s{0,40}/,
  /^function\s{0,8}[\w$]{0,40}\([^()]{0,200}\)\s{0,8}(?=\{)/,
  /^\(\s{0,40}(?=\{)/,
];
const MAX_STEPS = 8;
const MAX_EXPORTS = 10;

/** The object that a JavaScript or TypeScript file exports, as far as it is written out; `undefined` where it is worked out. */
export function exportedObject(program: ProgramText): Tree | undefined {
  for (const match of [...program.code.matchAll(EXPORT)].slice(0, MAX_EXPORTS)) {
    const tree = objectAt(program, match.index + match[0].length, 0);
    if (tree) return tree;
  }
  return undefined;
}

function objectAt(program: ProgramText, from: number, step: number): Tree | undefined {
  if (step > MAX_STEPS) return undefined;
  const rest = program.code.slice(from, from + 400);
  if (rest.startsWith('{')) {
    const close = program.partner(from);
    if (close === undefined) return undefined;
    const returned = /^\{[^{}]{0,2000}?\breturn\s{1,20}(?=[{(A-Za-z_$])/.exec(program.code.slice(from, from + 2100));
    if (returned && !/^\{\s{0,200}["'\w$-]{1,80}["']?\s{0,8}:/.test(rest))
      return objectAt(program, from + returned[0].length, step + 1);
    const tree = literalTree(program, { start: from, end: close + 1 });
    return tree.kind === 'map' ? tree : undefined;
  }
  const around = AROUND.map((pattern) => pattern.exec(rest)?.[0].length ?? 0).find((length) => length > 0);
  if (around !== undefined) return objectAt(program, from + around, step + 1);
  const name = /^[A-Za-z_$][\w$]{0,80}/.exec(rest)?.[0];
  if (name === undefined) return undefined;
  const defined = new RegExp(
    `\\b(?:const|let|var)\\s{1,8}${name.replaceAll('$', '\\$')}\\s{0,8}(?::[^=\\n]{1,120})?=\\s{0,40}`,
  ).exec(program.code);
  return defined ? objectAt(program, defined.index + defined[0].length, step + 1) : undefined;
}
