import { coercionOfType } from './coercion.ts';
import type { ConfigRead } from './config-reads.ts';
import { expressionAt, isCapitalKey, looksLikeKey, partsOf, plainString, propertiesOf } from './expression.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt, type Usage } from './usage.ts';

const CLASS = /^([ \t]*)class[ \t]+\w+[ \t]*\(([^()\n]{0,200}\bBaseSettings\b[^()\n]{0,200}|\w*Settings)\)[ \t]*:/gm;
const FIELD = /^([ \t]+)([A-Za-z]\w*)[ \t]*:[ \t]*([^=\n#]{1,300}?)[ \t]*(?:=(?!=)|$)/gm;

/** The environment variables that pydantic's settings classes read: one for each field. */
export function pydanticReads(program: ProgramText): ConfigRead[] {
  if (!/\bBaseSettings\b/.test(program.code)) return [];
  return [...program.code.matchAll(CLASS)].flatMap((match) => {
    const start = match.index + match[0].length;
    const body = { start, end: bodyEnd(program.code, start, match[1]?.length ?? 0) };
    return fieldsOf(program, body);
  });
}

function fieldsOf(program: ProgramText, body: Span): ConfigRead[] {
  const prefix = prefixOf(program, body);
  const fields = [...program.code.slice(body.start, body.end).matchAll(FIELD)];
  const indent = fields[0]?.[1]?.replace(/\n/g, '').length;
  return fields.flatMap((field) => {
    const [whole, spaces = '', name = '', annotation = ''] = field;
    const start = body.start + field.index + whole.indexOf(name);
    const nested = /\bClassVar\b|(?:Settings|Config)\]?$/.test(annotation);
    if (spaces.length !== indent || name === 'model_config' || nested) return [];
    const after = endOfAnnotation(program, body.start + field.index + whole.length);
    const value = after === undefined ? undefined : operandAt(program, after);
    const type = coercionOfType(annotation);
    return keysOf(program, value, `${prefix}${name}`.toUpperCase())
      .filter(looksLikeKey)
      .map((key) => ({
        key,
        span: { start, end: start + name.length },
        ...usageOfField(program, value),
        ...(type === undefined ? {} : { type }),
      }));
  });
}

/** Where a field's value starts, past an annotation of several lines; `undefined` where it has none. `end`: past the first line's part. */
function endOfAnnotation(program: ProgramText, end: number): number | undefined {
  const last = program.code[end - 1];
  if (last === '=') return end;
  const close = last === '[' || last === '(' ? program.partner(end - 1) : undefined;
  const equals = close === undefined ? null : /^[ \t]{0,8}=(?!=)/.exec(program.code.slice(close + 1, close + 12));
  return close === undefined || !equals ? undefined : close + 1 + equals[0].length;
}

/** The keys of a field: its aliases where it has some. */
function keysOf(program: ProgramText, value: Span | undefined, own: string): string[] {
  const call = value ? fieldCall(program, value) : undefined;
  if (call === undefined) return [own];
  const named = propertiesOf(program, call).filter((property) => /^(?:alias|validation_alias|env)$/.test(property.key));
  const aliases = named.flatMap((property) => {
    const plain = plainString(program, property);
    if (plain !== undefined) return [plain];
    const open = program.code.slice(property.start, property.end).search(/[([]/);
    const parts = open === -1 ? [] : (partsOf(program, property.start + open) ?? []);
    return parts.flatMap((part) => plainString(program, part) ?? []);
  });
  const keys = aliases.map((alias) => (isCapitalKey(alias) ? alias : alias.toUpperCase()));
  return keys.length > 0 ? keys : [own];
}

function usageOfField(program: ProgramText, value: Span | undefined): Usage {
  if (!value) return { read: 'required' };
  const call = fieldCall(program, value);
  if (call === undefined) return given(program, value);
  const named = propertiesOf(program, call).find((property) => /^default(?:_factory)?$/.test(property.key));
  if (named)
    return named.key === 'default'
      ? given(program, named)
      : { read: 'defaulted', default: { kind: 'computed', offset: named.offset } };
  const first = partsOf(program, call)?.[0];
  const positional = first && !/^\s*\w+\s*=(?!=)/.test(program.code.slice(first.start, first.end)) ? first : undefined;
  if (!positional || program.code.slice(positional.start, positional.end).trim() === '...') return { read: 'required' };
  return given(program, positional);
}

function given(program: ProgramText, span: Span): Usage {
  const value = expressionAt(program, span);
  return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
}

function fieldCall(program: ProgramText, value: Span): number | undefined {
  const found = /^\s*(?:pydantic\.)?Field\(/.exec(program.code.slice(value.start, value.start + 60));
  return found ? value.start + found[0].length - 1 : undefined;
}

function prefixOf(program: ProgramText, body: Span): string {
  const found = /\benv_prefix["']?\s{0,4}[=:]\s{0,4}["'](\w{0,60})["']/.exec(program.text.slice(body.start, body.end));
  return found?.[1] ?? '';
}

function bodyEnd(code: string, start: number, indent: number): number {
  const outer = new RegExp(`\\n[ \\t]{0,${indent}}(?=[^\\s)\\]}])`, 'g');
  outer.lastIndex = start;
  return outer.exec(code)?.index ?? code.length;
}
