import { escapePattern } from '../../syntax/escape-pattern.ts';
import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import type { ConfigRead } from './config-reads.ts';
import { expressionAt, partsOf, propertiesOf } from './expression.ts';
import type { ProgramText } from './source.ts';
import { type Usage, usageOf } from './usage.ts';

/** What files tell each other: functions that look an atom up in the whole environment, and macros that declare such atoms. */
type AtomDefinition = { atomReader: string } | { atomMacro: string };

const DEFINES = sought(/System\.get_env\(\)|\bdefmacro\b/);
const FUNCTION = /^[ \t]{0,40}defp?[ \t]+(\w{3,60}[!?]?)\((?=([^\n]{0,300}))/gm;
const MACRO = /^[ \t]{0,40}defmacro[ \t]+(\w{0,40}(?:config|env|setting)\w{0,40})\(\s{0,10}(?:key|name)\s{0,4},/gm;

/**
 * A function that takes a key besides the whole environment: `def setting!(key, environment \\ System.get_env())`. It is called with
 * atoms, and the variable is the atom in capitals.
 */
export function atomDefinitions(file: Searched, program: () => ProgramText): string[] {
  if (!matchesIn(file, DEFINES)) return [];
  const { code } = program();
  const readers = [...code.matchAll(FUNCTION)]
    .filter(
      ([, , head = '']) =>
        /\bSystem\.get_env\(\)/.test(head) && /(?:^|[\s,(])(?:key|name|var|variable)\s*[,)]/.test(head),
    )
    .map(([, name = '']): AtomDefinition => ({ atomReader: name }));
  const macros = [...code.matchAll(MACRO)].map(([, name = '']): AtomDefinition => ({ atomMacro: name }));
  return [...readers, ...macros].map((each) => JSON.stringify(each));
}

interface AtomNames {
  readers: string[];
  macros: string[];
}

const parsed = new WeakMap<readonly string[], AtomNames>();

function namesOf(definitions: readonly string[]): AtomNames {
  const known = parsed.get(definitions);
  if (known) return known;
  const each = [...new Set(definitions)]
    .filter((definition) => definition.startsWith('{"atom'))
    .map((definition) => JSON.parse(definition) as AtomDefinition);
  const names = {
    readers: each.flatMap((definition) => ('atomReader' in definition ? [definition.atomReader] : [])),
    macros: each.flatMap((definition) => ('atomMacro' in definition ? [definition.atomMacro] : [])),
  };
  parsed.set(definitions, names);
  return names;
}

/** The variables that atoms stand for, where a function of the project reads them so, and where a macro of it declares them. */
export function atomReads(program: ProgramText, definitions: readonly string[]): ConfigRead[] {
  const { readers, macros } = namesOf(definitions);
  if (readers.length === 0) return [];
  const names = [...readers, ...macros].filter((name) => program.code.includes(`${name}(`));
  return names.flatMap((name) => {
    const calls = new RegExp(
      `(?<![\\w:])(?<!\\bdefp? {1,4})${escapePattern(name)}\\((?=\\s{0,40}(?:[A-Z][\\w.]{0,60},\\s{0,10})?:[a-z])`,
      'g',
    );
    return [...program.code.matchAll(calls)].flatMap((match): ConfigRead[] => {
      const open = match.index + match[0].length - 1;
      const close = program.partner(open);
      const atom = /^\s*(?:[A-Z][\w.]*\s*,\s*)?:([a-z]\w{1,100})\s*[,)]/.exec(
        program.code.slice(open + 1, open + 300),
      )?.[1];
      if (close === undefined || atom === undefined) return [];
      const span = { start: match.index, end: close + 1 };
      const usage = macros.includes(name) ? declared(program, open) : called(program, name, span);
      return [{ key: atom.toUpperCase(), span, ...usage }];
    });
  });
}

function called(program: ProgramText, name: string, span: { start: number; end: number }): Usage {
  const around = usageOf(program, span);
  return around.read === 'defaulted' || name.endsWith('!') ? around : { read: 'optional' };
}

function declared(program: ProgramText, open: number): Usage {
  const given =
    (partsOf(program, open)?.length ?? 0) > 1
      ? propertiesOf(program, open).find(({ key }) => key === 'default')
      : undefined;
  if (!given) return { read: 'required' };
  const value = expressionAt(program, given);
  return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
}
