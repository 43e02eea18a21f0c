import { escapePattern } from '../../syntax/escape-pattern.ts';
import type { ProgramText } from './source.ts';

/** How far before a module's name its import may begin, in characters. */
const MAX_IMPORT = 2000;
/** Names of one import that are looked for. */
const MAX_NAMES = 8;

/**
 * Where a JavaScript program takes a module, and before it the line that makes most of it: that builds what it imports, extends it, or
 * calls it. Imports of types alone are left out: they are gone when it runs.
 */
export function usesOfModule(program: ProgramText, module: string): number[] {
  const pattern = new RegExp(
    `\\b(?:from|import|require|resolve)\\b\\s{0,4}\\(?\\s{0,4}["']${escapePattern(module)}["']`,
    'g',
  );
  for (const match of program.text.matchAll(pattern)) {
    const names = program.isCode(match.index) ? namesAt(program, match.index) : undefined;
    if (!names) continue;
    const use = bestUse(program, names, match.index + match[0].length);
    return use === undefined ? [match.index] : [use, match.index];
  }
  return [];
}

/** The names that an import at an offset gives to what it takes; `undefined` where it takes types alone. */
function namesAt(program: ProgramText, offset: number): string[] | undefined {
  const before = program.code.slice(Math.max(0, offset - MAX_IMPORT), offset);
  const statement = program.code.startsWith('from', offset)
    ? (/\bimport\b(?<names>[^;"'`]*)$/.exec(before)?.groups?.names ?? '')
    : (/\b(?:const|let|var)\b(?<names>[^;=]*)=\s*(?:await\s+)?\(?$/.exec(before)?.groups?.names ?? '');
  if (/^\s*type\b(?!\s*,)/.test(statement)) return undefined;
  return statement
    .replace(/[{}]/g, ',')
    .split(',')
    .filter((part) => !/^\s*type\s/.test(part))
    .flatMap((part) => /([A-Za-z_$][\w$]*)\s*$/.exec(part)?.[1] ?? [])
    .slice(0, MAX_NAMES);
}

function bestUse(program: ProgramText, names: readonly string[], from: number): number | undefined {
  if (names.length === 0) return undefined;
  const any = `(?:${names.map(escapePattern).join('|')})(?![\\w$])`;
  const forms = [
    `\\bnew\\s+(?:[\\w$]+\\.)?${any}`,
    `\\bextends\\s+${any}`,
    `(?<![\\w$.])${any}(?:\\.[\\w$]+){0,2}\\s{0,4}\\(`,
  ];
  for (const form of forms) {
    const found = new RegExp(form).exec(program.code.slice(from));
    if (found) return from + found.index;
  }
  return undefined;
}
