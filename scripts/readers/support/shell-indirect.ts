import type { ConfigRead } from './config-reads.ts';
import type { ProgramText } from './source.ts';

/** A function's head; its body goes on to a `}` of its own line. */
const FUNCTION = /^[ \t]{0,20}(?:function[ \t]{1,4})?(?<name>[A-Za-z_][\w-]{2,60})[ \t]{0,4}\(\)[ \t]{0,4}\{/gm;
/** A variable by the name that another one holds. */
const INDIRECT = /\$\{!(?<holder>\w{1,60})(?<operator>:?[-+?=])?/g;
const FAILS = /\b(?:exit|return)[ \t]{1,4}[1-9]|\bexit\b|\bdie\b|\bfail\b|\babort\b/;
const KEY = /^[A-Z][A-Z0-9_]{2,100}$/;

/**
 * Variables whose names a script hands around: `require_env DATABASE_URL` where that function looks into `${!1}`, a loop over names,
 * and a name that is put together, `name="FEATURE_${1}_ENABLED"`.
 */
export function indirectReads(program: ProgramText): ConfigRead[] {
  if (!program.text.includes('${!')) return [];
  const uses = [...program.text.matchAll(INDIRECT)].filter((match) => !inComment(program, match.index));
  return [...throughFunctions(program, uses), ...throughLoops(program, uses), ...composed(program, uses)];
}

/** A comment is neither code nor string. */
function inComment(program: ProgramText, offset: number): boolean {
  return !program.isCode(offset) && !program.isString(offset);
}

function throughFunctions(program: ProgramText, uses: readonly RegExpExecArray[]): ConfigRead[] {
  return [...program.code.matchAll(FUNCTION)].flatMap((match): ConfigRead[] => {
    const start = match.index + match[0].length;
    const end = program.partner(start - 1) ?? start;
    const body = program.text.slice(start, end);
    const inside = uses.filter((use) => use.index > start && use.index < end);
    const first = inside.find(({ groups }) => holdsFirst(body, groups?.holder ?? ''));
    if (!first) return [];
    const required = FAILS.test(body) || first.groups?.operator?.endsWith('?') === true;
    const calls = new RegExp(
      `(?:^|[;&|({!\\s])${match.groups?.name ?? ''}[ \\t]{1,8}["']?(?<key>[A-Z][A-Z0-9_]{2,100})["']?(?=[\\s;&|)]|$)`,
      'gm',
    );
    return [...program.text.matchAll(calls)].flatMap((call): ConfigRead[] => {
      const offset = call.index + call[0].indexOf(call.groups?.key ?? '');
      if (offset > match.index && offset < end) return [];
      return program.isCode(call.index + 1) || program.isString(offset)
        ? [read(offset, call.groups?.key ?? '', required)]
        : [];
    });
  });
}

/** Whether a name is a function's first argument: `1`, or what is set to it. */
function holdsFirst(body: string, holder: string): boolean {
  return holder === '1' || new RegExp(`(?:^|[\\s;])(?:local[ \\t]{1,4})?${holder}=["']?\\$\\{?1\\b`).test(body);
}

/** `for name in A B C; do [ -n "${!name}" ] || exit 1; done`. */
function throughLoops(program: ProgramText, uses: readonly RegExpExecArray[]): ConfigRead[] {
  const loops =
    /\bfor[ \t]{1,4}(?<name>\w{1,60})[ \t]{1,4}in[ \t]{1,4}(?<keys>[A-Z][A-Z0-9_ \t\\\n]{2,2000}?)[ \t]{0,4}[;\n][ \t\n]{0,20}do\b/g;
  return [...program.code.matchAll(loops)].flatMap((match): ConfigRead[] => {
    const start = match.index + match[0].length;
    const end = program.code.indexOf('done', start);
    const use = uses.find(
      (each) => each.index > start && each.index < end && each.groups?.holder === match.groups?.name,
    );
    if (!use) return [];
    const required = FAILS.test(program.text.slice(start, end));
    const from = match.index + match[0].indexOf(match.groups?.keys ?? '');
    return [...(match.groups?.keys ?? '').matchAll(/[A-Z][A-Z0-9_]{2,100}/g)].map((key) =>
      read(from + key.index, key[0], required),
    );
  });
}

function composed(program: ProgramText, uses: readonly RegExpExecArray[]): ConfigRead[] {
  const names = new Set(uses.map((use) => use.groups?.holder ?? ''));
  const made =
    /(?:^|[\s;])(?:local[ \t]{1,4})?(?<name>\w{1,60})=["']?(?<text>[A-Z][A-Z0-9_]{2,60}\$\{?\w{1,40}\}?[A-Z0-9_]{0,60}|\$\{?\w{1,40}\}?_[A-Z0-9_]{3,60})/g;
  return [...program.text.matchAll(made)].flatMap((match): ConfigRead[] => {
    const { name = '', text = '' } = match.groups ?? {};
    const offset = match.index + match[0].length - text.length;
    if (!names.has(name) || !program.isCode(offset - 2 - name.length)) return [];
    return [read(offset, text.replace(/\$\{?\w{1,40}\}?/, '*'), false)];
  });
}

function read(offset: number, key: string, required: boolean): ConfigRead {
  const known = KEY.test(key.replace('*', ''));
  return {
    key: known ? key : '',
    span: { start: offset, end: offset + key.length },
    read: required ? 'required' : 'optional',
  };
}
