import type { ReadPattern } from './config-reads.ts';
import { partsOf } from './expression.ts';
import { constantsIn, type ProgramText } from './source.ts';
import { usageOf } from './usage.ts';

/** A function that reads the key it is given: `env('KEY')`. */
export interface Wrapper {
  name: string;
  keyArgument: number;
  /** -1: it takes no default. */
  defaultArgument: number;
  absent: 'required' | 'optional';
}

/** What files define for each other. */
export interface Shared {
  wrappers: Wrapper[];
  constants: Map<string, string>;
}

/** Names that say nothing of configuration: other functions have them too. */
const GENERIC = new Set([
  'get',
  'read',
  'load',
  'fetch',
  'value',
  'find',
  'has',
  'main',
  'constructor',
  'default',
  'set',
]);

/** What a file defines for others, one definition a string. `read`: how the language reads a key that a variable names, in its first group. */
export function definitionsIn(text: string, program: () => ProgramText, read: RegExp): string[] {
  const constants = [...constantsIn(text)].map(([name, value]) => JSON.stringify({ constant: name, value }));
  const wrappers = text.match(read) ? wrappersIn(program(), read).map((wrapper) => JSON.stringify(wrapper)) : [];
  return [...constants, ...wrappers];
}

const parsed = new WeakMap<readonly string[], Shared>();

/** Reads what `definitionsIn` gave, over all files. A constant with two values has none. */
export function sharedOf(definitions: readonly string[]): Shared {
  const known = parsed.get(definitions);
  if (known) return known;
  const shared: Shared = { wrappers: [], constants: new Map() };
  const twice = new Set<string>();
  for (const definition of new Set(definitions)) {
    if (definition.startsWith('{"environment":')) continue;
    const each = JSON.parse(definition) as Wrapper | { constant: string; value: string };
    if ('constant' in each) {
      if (shared.constants.has(each.constant)) twice.add(each.constant);
      shared.constants.set(each.constant, each.value);
    } else if (!shared.wrappers.some((wrapper) => wrapper.name === each.name)) shared.wrappers.push(each);
  }
  for (const name of twice) shared.constants.delete(name);
  parsed.set(definitions, shared);
  return shared;
}

/** Patterns for the calls of wrappers that a text makes. */
export function patternsOf(wrappers: readonly Wrapper[], text: string): ReadPattern[] {
  return wrappers
    .filter((wrapper) => text.includes(`${wrapper.name}(`))
    .map((wrapper) => ({
      pattern: new RegExp(
        `(?<![\\w$.])(?:this\\.|self\\.)?${wrapper.name.replaceAll('$', '\\$')}(?:<[^<>()]{0,60}>)?\\(`,
        'g',
      ),
      absent: wrapper.absent === 'required' ? 'required' : 'usage',
      capitals: true,
      keyArgument: wrapper.keyArgument,
      ...(wrapper.defaultArgument >= 0 ? { defaultArgument: wrapper.defaultArgument } : {}),
    }));
}

/** How each language begins a function; the groups are alternatives for its name. The match ends at its parameters. */
const HEADS: { [language: string]: RegExp } = {
  javascript:
    /\bfunction\s+([\w$]+)\s*(?:<[^<>()]{0,60}>)?\(|\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]{0,120})?=\s*(?:async\s*)?(?:function\s*[\w$]*\s*)?(?:<[^<>()]{0,60}>)?\(|^[ \t]{0,40}(?:(?:public|private|protected|static|async|readonly)\s+){0,4}([\w$]+)\s*\((?=[^()\n]{0,200}\)[^\n]{0,80}\{)/gm,
  python: /^[ \t]{0,40}(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/gm,
  ruby: /^[ \t]{0,40}def[ \t]+(?:self\.)?(\w+[?!]?)[ \t]*\(/gm,
};
const MAX_BODY = 2000;

function wrappersIn(program: ProgramText, read: RegExp): Wrapper[] {
  const heads = HEADS[program.language];
  if (!heads) return [];
  const reads = [...program.text.matchAll(new RegExp(read.source, 'g'))].filter((match) => program.isCode(match.index));
  if (reads.length === 0) return [];
  return [...program.code.matchAll(heads)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    const parameters = partsOf(program, open);
    if (close === undefined || !parameters || GENERIC.has(name.toLowerCase()) || !/^[A-Za-z_$][\w$]{2,}$/.test(name))
      return [];
    const names = parameters.map(
      (part) => /[A-Za-z_$][\w$]*/.exec(program.code.slice(part.start, part.end))?.[0] ?? '',
    );
    const offset = /^(?:self|cls)$/.test(names[0] ?? '') ? 1 : 0;
    const end = bodyEnd(program, match.index, close);
    const inside = reads.find((each) => each.index > close && each.index < end && names.includes(each[1] ?? ''));
    if (!inside) return [];
    const body = program.code.slice(close, end);
    const usage = usageOf(program, { start: inside.index, end: inside.index + inside[0].length });
    const defaultArgument = names.findIndex(
      (each, index) => index > offset && /^(?:default|fallback|def|alt|otherwise|or_?[eE]lse)/i.test(each),
    );
    const fails =
      /\b(?:throw|raise|abort|exit)\b/.test(body) ||
      (usage.read === 'required' && /environ\[|\.fetch\(/.test(inside[0]));
    const wrapper: Wrapper = {
      name,
      keyArgument: names.indexOf(inside[1] ?? '') - offset,
      defaultArgument: defaultArgument < 0 ? -1 : defaultArgument - offset,
      absent: fails ? 'required' : 'optional',
    };
    return [wrapper];
  });
}

/** Where a function's body ends: its closing brace, or the first line that is indented no deeper. */
function bodyEnd(program: ProgramText, start: number, close: number): number {
  const { code } = program;
  if (program.language === 'javascript') {
    const head = /^\)[^\n{;]{0,120}?(?:=>\s*)?\{/.exec(code.slice(close, close + 200));
    const brace = head ? program.partner(close + head[0].length - 1) : undefined;
    if (brace !== undefined) return brace;
    const stop = code.slice(close, close + 300).search(/;|\n[ \t]*\n|\n(?=\S)/);
    return close + (stop === -1 ? 300 : stop);
  }
  const indent = /^[ \t]*/.exec(code.slice(start, start + 60))?.[0].length ?? 0;
  let at = code.indexOf('\n', close);
  const limit = Math.min(code.length, close + MAX_BODY);
  while (at !== -1 && at < limit) {
    const line = code.slice(at + 1, at + 200).split('\n')[0] ?? '';
    if (line.trim() !== '' && (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= indent) return at;
    at = code.indexOf('\n', at + 1);
  }
  return limit;
}
