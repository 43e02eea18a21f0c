import type { ConfigRead } from './config-reads.ts';
import { expressionAt, looksLikeSetting, partsOf } from './expression.ts';
import { memberOf, stringsIn } from './jvm-configuration.ts';
import type { ProgramText, Span } from './source.ts';

const ANNOTATION = /@(?:\w{1,20}:)?(?<name>[A-Z]\w{1,80})\s{0,4}\(/g;
/** `${mail.host:localhost}` in a string; Kotlin writes a backslash before it. */
const PLACEHOLDER =
  /\$\{\s{0,4}(?<key>[A-Za-z_][\w.-]{0,118})\s{0,4}(?<colon>:)?(?<given>[^{}"\n]{0,300})(?<close>\}|\$\{|#\{|")/g;
/** The longest annotation that is looked into. */
const MAX_ANNOTATION = 3000;

/**
 * Properties that annotations name: placeholders in any of their strings (`@Value`, `@Scheduled`, `@KafkaListener`), conditions on a
 * property, `@ConfigProperty`, and the prefix of `@ConfigurationProperties` as `mail.*`.
 */
export function springReads(program: ProgramText): ConfigRead[] {
  return [...program.code.matchAll(ANNOTATION)].flatMap((match): ConfigRead[] => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    if (close === undefined || close - open > MAX_ANNOTATION) return [];
    const span = { start: match.index, end: close + 1 };
    switch (match.groups?.name) {
      case 'ConfigurationProperties':
      case 'ConfigMapping':
        return prefixRead(program, open, span);
      case 'ConditionalOnProperty':
      case 'ConditionalOnBooleanProperty':
        return conditionReads(program, open, span);
      case 'ConfigProperty':
        return propertyRead(program, open, span);
      default:
        return placeholders(program, open, close);
    }
  });
}

function placeholders(program: ProgramText, open: number, close: number): ConfigRead[] {
  const text = program.text.slice(open, close);
  if (!text.includes('${')) return [];
  return [...text.matchAll(PLACEHOLDER)].flatMap((match): ConfigRead[] => {
    const { key = '', colon, given = '', close: end } = match.groups ?? {};
    const offset = open + match.index;
    const escaped = program.language === 'kotlin' && text[match.index - 1] !== '\\';
    if (!program.isString(offset) || escaped || !looksLikeSetting(key)) return [];
    const span = { start: offset, end: offset + match[0].length };
    if (colon === undefined) return given.trim() === '' && end === '}' ? [{ key, span, read: 'required' }] : [];
    if (end === '#{') return [{ key, span, read: 'optional' }];
    const known = end === '}';
    return [
      {
        key,
        span,
        read: 'defaulted',
        default: known ? { kind: 'literal', value: given, offset } : { kind: 'computed', offset },
      },
    ];
  });
}

function prefixRead(program: ProgramText, open: number, span: Span): ConfigRead[] {
  const part = memberOf(program, open, 'prefix') ?? memberOf(program, open, 'value') ?? partsOf(program, open)?.[0];
  const prefix = part && stringsIn(program, part)[0];
  return prefix && looksLikeSetting(prefix) ? [{ key: `${prefix}.*`, span, read: 'optional' }] : [];
}

function conditionReads(program: ProgramText, open: number, span: Span): ConfigRead[] {
  const part = memberOf(program, open, 'name') ?? memberOf(program, open, 'value') ?? partsOf(program, open)?.[0];
  const before = memberOf(program, open, 'prefix');
  const prefix = before && stringsIn(program, before)[0];
  const names = part ? stringsIn(program, part) : [];
  return names
    .map((name) => (prefix ? `${prefix.replace(/\.$/, '')}.${name}` : name))
    .filter(looksLikeSetting)
    .map((key) => ({ key, span, read: 'optional' }));
}

function propertyRead(program: ProgramText, open: number, span: Span): ConfigRead[] {
  const name = memberOf(program, open, 'name');
  const key = name && stringsIn(program, name)[0];
  const given = memberOf(program, open, 'defaultValue');
  if (!key || !looksLikeSetting(key)) return [];
  if (given) return [{ key, span, read: 'defaulted', default: expressionAt(program, given) }];
  return [{ key, span, read: 'required' }];
}
