import { coercionOfType } from './coercion.ts';
import type { ConfigRead } from './config-reads.ts';
import { type Expression, expressionAt, isCapitalKey, partsOf, plainString } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** `envy::prefixed("OVEN_").from_env::<Oven>()`, `envy::from_env::<Oven>()`: the struct that is filled, where the call names it. */
const FILLED =
  /\benvy::(?:prefixed\(\s{0,10}(?<given>"\s{0,80}")\s{0,10}\)\s{0,40}\.)?from_env(?:::<\s{0,4}(?<type>[A-Z]\w{0,80})\s{0,4}>)?\(/g;
/** `let oven: Oven = `, `fn load() -> Result<Oven, _> {`, before a call that names none. */
const TYPE_BEFORE = /(?::\s{0,4}|->\s{0,4}(?:[\w:]{1,40}<)?)(?<type>[A-Z]\w{0,80})\b[^;]{0,160}$/;
const FIELD =
  /^\s*(?:#\[[^\]]{0,200}\]\s*)*(?:pub(?:\([a-z]{1,20}\))?\s+)?(?<name>[a-z_]\w{0,80})\s*:\s*(?<type>[^,]{1,120}?)\s*$/;

/** Which variables the fields of a struct are read from, where the file holds both the struct and what fills it. */
export function envyReads(program: ProgramText): ConfigRead[] {
  return [...program.code.matchAll(FILLED)].flatMap((match): ConfigRead[] => {
    const given = match.groups?.given;
    const at = match.index + match[0].indexOf(given ?? '\0');
    const prefix = given === undefined ? '' : (plainString(program, { start: at, end: at + given.length }) ?? '');
    const before = program.code.slice(Math.max(0, match.index - 240), match.index);
    const name = match.groups?.type ?? TYPE_BEFORE.exec(before)?.groups?.type;
    return name === undefined ? [] : fieldsOf(program, name, prefix);
  });
}

function fieldsOf(program: ProgramText, struct: string, prefix: string): ConfigRead[] {
  const head = new RegExp(`\\bstruct\\s{1,4}${struct}\\s{0,4}\\{`).exec(program.code);
  const parts = head ? (partsOf(program, head.index + head[0].length - 1) ?? []) : [];
  return parts.flatMap((part): ConfigRead[] => {
    const code = program.code.slice(part.start, part.end);
    const field = FIELD.exec(code)?.groups;
    if (!field?.name || !field.type) return [];
    const attributes = program.text.slice(part.start, part.start + code.lastIndexOf(field.name));
    const renamed = /\brename\s{0,4}=\s{0,4}"(\w{1,80})"/.exec(attributes)?.[1];
    const key = `${prefix}${renamed ?? field.name}`.toUpperCase();
    const start = part.start + code.lastIndexOf(field.name, code.length - field.type.length);
    const type = coercionOfType(field.type);
    const base = { key, span: { start, end: start + field.name.length }, ...(type === undefined ? {} : { type }) };
    const defaulted = /\bdefault(?:\s{0,4}=\s{0,4}"(?<from>[\w:]{1,80})")?/.exec(attributes);
    if (defaulted) return [{ ...base, read: 'defaulted', default: answerOf(program, defaulted.groups?.from, part) }];
    return isCapitalKey(key) ? [{ ...base, read: /^Option\b/.test(field.type) ? 'optional' : 'required' }] : [];
  });
}

/** The literal that a function of the file answers. */
function answerOf(program: ProgramText, name: string | undefined, part: Span): Expression {
  const head =
    name === undefined ? null : new RegExp(`\\bfn\\s{1,4}${name}\\(\\)\\s{0,4}->[^{;]{1,60}\\{`).exec(program.code);
  const open = head ? head.index + head[0].length - 1 : undefined;
  const close = open === undefined ? undefined : program.partner(open);
  return open === undefined || close === undefined
    ? { kind: 'computed', offset: part.start }
    : expressionAt(program, { start: open + 1, end: close });
}
