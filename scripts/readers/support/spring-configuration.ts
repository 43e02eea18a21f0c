import type { SourceFile } from '../reader.ts';
import type { ConfigRead } from './config-reads.ts';
import { expressionAt, looksLikeSetting, partsOf } from './expression.ts';
import { memberOf, stringsIn } from './jvm-configuration.ts';
import { type Binding, mayHoldOptions, optionsDefinitions, optionsReads } from './options-classes.ts';
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

/** The classes that `@ConfigurationProperties` binds: the one behind it, or what the method behind it answers. */
function springBindings(program: ProgramText): Binding[] {
  return [...program.code.matchAll(/@(?:\w{1,20}:)?(?:ConfigurationProperties|ConfigMapping)\s{0,4}\(/g)].flatMap(
    (match): Binding[] => {
      const open = match.index + match[0].length - 1;
      const close = program.partner(open);
      const section = prefixRead(program, open, { start: open, end: open })[0]?.key.replace(/\.\*$/, '');
      if (close === undefined || section === undefined) return [];
      const after = program.code.slice(close + 1, close + 500);
      const type =
        /^[^;{}]{0,400}?\b(?:class|record|interface)\s+(\w+)/.exec(after)?.[1] ??
        /^(?:\s*@\w+(?:\([^()]*\))?)*\s*(?:(?:public|protected|private|static|final)\s+)*([A-Z]\w*)\s+\w+\(/.exec(
          after,
        )?.[1] ??
        /^(?:\s*@\w+(?:\([^()]*\))?)*\s*(?:open\s+)?fun\s+\w+\([^()]*\)\s*(?::\s*(\w+)|=\s*([A-Z]\w*)\()/.exec(
          after,
        )?.[1];
      return type === undefined ? [] : [{ type, section }];
    },
  );
}

/** The properties of classes that a prefix is bound to, as Spring writes them: `mail.reply-to`. */
export function springOptions(program: ProgramText, definitions: readonly string[]): ConfigRead[] {
  return optionsReads(program, definitions, '.');
}

/** What a file of Java or Kotlin defines of such classes. */
export function springDefinitions(file: SourceFile, program: () => ProgramText): string[] {
  if (!mayHoldOptions(file)) return [];
  const own = program();
  return optionsDefinitions(own, springBindings(own));
}

function conditionReads(program: ProgramText, open: number, span: Span): ConfigRead[] {
  const part = memberOf(program, open, 'name') ?? memberOf(program, open, 'value') ?? partsOf(program, open)?.[0];
  const before = memberOf(program, open, 'prefix');
  const prefix = before && stringsIn(program, before)[0];
  const names = part ? stringsIn(program, part) : [];
  const missing = memberOf(program, open, 'matchIfMissing');
  const having = memberOf(program, open, 'havingValue');
  const value = (having && stringsIn(program, having)[0]) ?? 'true';
  // What the condition holds for where the property is absent is the property's default.
  const isDefault = missing !== undefined && program.code.slice(missing.start, missing.end).trim() === 'true';
  return names
    .map((name) => (prefix ? `${prefix.replace(/\.$/, '')}.${name}` : name))
    .filter(looksLikeSetting)
    .map((key) =>
      isDefault
        ? { key, span, read: 'defaulted', default: { kind: 'literal', value, offset: span.start } }
        : { key, span, read: 'optional' },
    );
}

function propertyRead(program: ProgramText, open: number, span: Span): ConfigRead[] {
  const name = memberOf(program, open, 'name');
  const key = name && stringsIn(program, name)[0];
  const given = memberOf(program, open, 'defaultValue');
  if (!key || !looksLikeSetting(key)) return [];
  if (given) return [{ key, span, read: 'defaulted', default: expressionAt(program, given) }];
  return [{ key, span, read: 'required' }];
}
