import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import { coercionOfType } from './coercion.ts';
import type { ConfigRead } from './config-reads.ts';
import { type Expression, expressionAt, partsOf, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt } from './usage.ts';

/** A class that a section of the configuration is bound to, or that such a class has a member of. */
interface OptionsClass {
  name: string;
  properties: OptionsProperty[];
}

interface OptionsProperty {
  name: string;
  /** The type without what makes it optional. */
  type: string;
  span: Span;
  required: boolean;
  default?: Expression;
}

/** What files tell each other about such classes. */
type OptionsDefinition =
  /** `name`: members that may be options classes themselves, by their type. */
  | { options: string; members: [name: string, type: string][] }
  /** A section is bound to the class. */
  | { bound: string; section: string }
  /** `MailOptions.SectionName`. */
  | { sectionName: string; value: string };

/** A section that a class is bound to: by its path, or by the constant that holds it. */
export interface Binding {
  type: string;
  section: string;
}

/** Classes that settings are bound to are called so by habit. */
const CLASS = /\b(?:class|record(?:[ \t]+(?:class|struct))?|struct|object)[ \t]+(\w{1,80})(?:<[^<>\n]{1,60}>)?/g;
const OPTIONS_NAME =
  /(?:Options|Settings|Config|Configuration|Properties|Props|Specs?|Credentials|Params|Parameters|Policy)$/;
const SECTION_CONSTANT = /\bconst[ \t]+string[ \t]+(\w{1,60})[ \t]*=[ \t]*"([\w:.-]{1,120})"/g;
const MAX_DEPTH = 5;
/** A class may be a member of many others. */
const MAX_PREFIXES = 20;

/** What a file defines of options classes, one definition a string. */
export function optionsDefinitions(program: ProgramText, bindings: readonly Binding[]): string[] {
  const classes = classesIn(program);
  const definitions: OptionsDefinition[] = [
    ...bindings.map(({ type, section }) => ({ bound: type, section })),
    ...classes.map(({ name, properties }) => ({
      options: name,
      members: properties.flatMap((each): [string, string][] =>
        /^[A-Z]/.test(each.type) ? [[each.name, each.type]] : [],
      ),
    })),
  ];
  for (const match of program.text.matchAll(SECTION_CONSTANT)) {
    const owner = classAt(program, match.index);
    if (owner !== undefined && program.isCode(match.index))
      definitions.push({ sectionName: `${owner}.${match[1] ?? ''}`, value: match[2] ?? '' });
  }
  return definitions.map((each) => JSON.stringify(each));
}

/** Whether a text may define or bind an options class. */
export function mayHoldOptions(file: Searched): boolean {
  return matchesIn(file, HOLDS);
}

const HOLDS = sought(
  /(?:class|record)[ \t]+\w*(?:Options|Settings|Config|Configuration|Properties|Props|Specs?|Credentials|Params|Parameters|Policy)\b|ConfigurationProperties|GetSection\(|GetRequiredSection\(|BindConfiguration\(/,
);

const parsed = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** The sections that each class is bound to, straight or as a member of another class. */
function prefixesOf(definitions: readonly string[], separator: string): ReadonlyMap<string, readonly string[]> {
  const known = parsed.get(definitions);
  if (known) return known;
  const members = new Map<string, [string, string][]>();
  const names = new Map<string, string>();
  const bound: { bound: string; section: string }[] = [];
  for (const definition of new Set(definitions)) {
    if (!/^\{"(?:options|bound|sectionName)":/.test(definition)) continue;
    const each = JSON.parse(definition) as OptionsDefinition;
    if ('options' in each) members.set(each.options, [...(members.get(each.options) ?? []), ...each.members]);
    else if ('sectionName' in each) names.set(each.sectionName, each.value);
    else bound.push(each);
  }
  const prefixes = new Map<string, string[]>();
  const visit = (type: string, prefix: string, depth: number): void => {
    const own = prefixes.get(type) ?? [];
    if (
      depth > MAX_DEPTH ||
      own.length >= MAX_PREFIXES ||
      own.some((each) => each.toLowerCase() === prefix.toLowerCase())
    )
      return;
    prefixes.set(type, [...own, prefix]);
    for (const [name, inner] of members.get(type) ?? [])
      if (members.has(inner)) visit(inner, `${prefix}${separator}${name}`, depth + 1);
  };
  for (const { bound: type, section } of bound) {
    const path = section.includes('.') && names.has(section) ? (names.get(section) ?? '') : section;
    const isReference = /^[A-Z]\w*\.[A-Z]\w*$/.test(section) && separator === ':';
    if (path !== section || !isReference) visit(type, path, 0);
  }
  parsed.set(definitions, prefixes);
  return prefixes;
}

/** The keys of the classes in a file that a section is bound to: `Mail:Host`, `mail.reply-to`. */
export function optionsReads(program: ProgramText, definitions: readonly string[], separator: ':' | '.'): ConfigRead[] {
  if (definitions.length === 0 || !HOLDS.pattern.test(program.text)) return [];
  const prefixes = prefixesOf(definitions, separator);
  if (prefixes.size === 0) return [];
  return classesIn(program).flatMap(({ name, properties }) =>
    (prefixes.get(name) ?? []).flatMap((prefix) =>
      properties
        .filter((property) => !prefixes.get(property.type)?.includes(`${prefix}${separator}${property.name}`))
        .map((property): ConfigRead => {
          const key = `${prefix}${prefix === '' ? '' : separator}${property.name}`;
          const type = coercionOfType(property.type);
          const base = { key, span: property.span, ...(type === undefined ? {} : { type }) };
          if (property.default && property.default.kind !== 'nothing')
            return { ...base, read: 'defaulted', default: property.default };
          return { ...base, read: property.required ? 'required' : 'optional' };
        }),
    ),
  );
}

function classAt(program: ProgramText, offset: number): string | undefined {
  const before = program.code.slice(Math.max(0, offset - 4000), offset);
  return [...before.matchAll(CLASS)].at(-1)?.[1];
}

const read = new WeakMap<ProgramText, OptionsClass[]>();

function classesIn(program: ProgramText): OptionsClass[] {
  const known = read.get(program);
  if (known) return known;
  const bodies: Span[] = [];
  const found = [...program.code.matchAll(CLASS)].flatMap((match): OptionsClass[] => {
    const name = match[1] ?? '';
    const end = match.index + match[0].length;
    const isNested = bodies.some((body) => body.start < match.index && match.index < body.end);
    if (!isNested && !OPTIONS_NAME.test(name) && !isAnnotated(program, match.index)) return [];
    const head = /^[^({;]{0,300}\(/.exec(program.code.slice(end, end + 320));
    const list = head ? end + head[0].length - 1 : undefined;
    const bodyFrom = list === undefined ? end : (program.partner(list) ?? end) + 1;
    // Behind a list of parameters there may be no body at all, and the next brace is another declaration's.
    const brace = (
      list === undefined
        ? /^[^;{}]{0,400}\{/
        : /^(?:(?!\b(?:class|object|interface|fun|record|enum)\b)[^;{}@]){0,400}\{/
    ).exec(program.code.slice(bodyFrom, bodyFrom + 410));
    const open = brace ? bodyFrom + brace[0].length - 1 : undefined;
    if (open !== undefined) bodies.push({ start: open, end: program.partner(open) ?? open });
    const properties = [
      ...(list === undefined ? [] : parametersOf(program, list)),
      ...(open === undefined ? [] : membersOf(program, open, hasSetters(program, match.index))),
    ];
    return [{ name, properties }];
  });
  read.set(program, found);
  return found;
}

/** Whether Lombok writes the methods that set the members of a class, or its constructor is bound. */
function hasSetters(program: ProgramText, offset: number): boolean {
  const before = program.code.slice(Math.max(0, offset - 400), offset);
  return (
    program.language !== 'java' ||
    /@(?:Data|Setter|Value|ConstructorBinding|AllArgsConstructor|RequiredArgsConstructor)\b[^;{}]{0,390}$/.test(before)
  );
}

/** What the members of a Java class with these annotations are set by is no prefix. */
const SET_OTHERWISE = /@(?:Value|Autowired|Inject|Resource|Lazy|Getter\(AccessLevel\.NONE\))\b/;

/** Whether something sets a member of a Java class by its name. */
function isSet(program: ProgramText, offset: number, name: string, all: boolean): boolean {
  if (program.language !== 'java') return true;
  const annotations =
    program.code
      .slice(Math.max(0, offset - 200), offset)
      .split(/[;{}]/)
      .at(-1) ?? '';
  if (SET_OTHERWISE.test(annotations)) return false;
  return (
    all ||
    /@Setter\b/.test(annotations) ||
    program.code.includes(` set${name.charAt(0).toUpperCase()}${name.slice(1)}(`)
  );
}

/** `@ConfigurationProperties("mail")` before the class, whatever it is called. */
function isAnnotated(program: ProgramText, offset: number): boolean {
  const before = program.code.slice(Math.max(0, offset - 300), offset);
  return /@(?:\w+:)?Config(?:urationProperties|Mapping)\b[^;{}]{0,290}$/.test(before);
}

/** `data class Mail(val host: String, val port: Int = 25)`, `record Mail(string Host, int Port = 25)`. */
function parametersOf(program: ProgramText, open: number): OptionsProperty[] {
  return (partsOf(program, open) ?? []).flatMap((each): OptionsProperty[] => {
    const part = trimmed(program, each);
    const code = program.code.slice(part.start, part.end);
    const named =
      program.language === 'kotlin'
        ? /^\s*(?:@[\w.:]+(?:\([^()]*\))?\s+)*(?:(?:private|internal|override|var|val)\s+){1,3}(?<name>\w+)\s*:\s*(?<type>[\w.<>, ?]+?)\s*(?:=|$)/.exec(
            code,
          )
        : /^\s*(?:\[[^\]]*\]\s*|@\w+(?:\([^()]*\))?\s+)*(?<type>[A-Za-z_][\w.<>,?[\] ]*?)\s+(?<name>\w+)\s*(?:=|$)/.exec(
            code,
          );
    return named?.groups ? [property(program, part, named.groups, code)] : [];
  });
}

const MEMBERS: { [language: string]: RegExp } = {
  csharp:
    /^[ \t]{0,40}public[ \t]+(?<modifiers>(?:(?:virtual|required|override|new|sealed|init)[ \t]+)*)(?<type>(?!(?:class|record|struct|interface|enum|event|delegate|static|abstract|partial)\b)[A-Za-z_][\w.<>,?[\] ]{0,120}?)[ \t]+(?<name>[A-Z]\w{0,80})\s{0,80}\{(?=[^=]{0,600}?\b(?:set|init)\b)/gm,
  java: /^[ \t]{0,40}(?:@\w{1,60}(?:\([^()\n]{0,120}\))?[ \t]+){0,4}(?:(?:private|protected|public|final|volatile)[ \t]+)*(?<type>(?!(?:return|throw|package|import|new|static|abstract|class|else|case)\b)[A-Za-z_][\w.<>,?[\] ]{0,120}?)[ \t]+(?<name>[a-z]\w{0,80})[ \t]*(?:=(?!=)|;)/gm,
  kotlin:
    /^[ \t]{0,40}(?:(?:private|internal|public|override|lateinit)[ \t]+)*(?:var|val)[ \t]+(?<name>[a-z]\w{0,80})[ \t]*:[ \t]*(?<type>[A-Za-z_][\w.<>, ?]{0,120}?)[ \t]*(?:=(?!=)|\r?$)/gm,
};

/** What no text can be made into. */
const HOLDS_CODE =
  /\b(?:Runnable|Callable|Consumer|Supplier|Function|Predicate|Action|Func|Lock|ReentrantLock|Logger|ILogger|Executor\w*|Thread|Atomic\w+)\b/;

function membersOf(program: ProgramText, open: number, setters: boolean): OptionsProperty[] {
  const close = program.partner(open);
  const pattern = MEMBERS[program.language];
  if (close === undefined || !pattern) return [];
  return [...program.code.slice(open, close).matchAll(pattern)].flatMap((match): OptionsProperty[] => {
    const start = open + match.index;
    const end = start + match[0].length;
    // Members of classes within have these as their own.
    if (program.enclosing(start) !== open || !match.groups) return [];
    const last = program.code[end - 1];
    const after = last === '{' ? (program.partner(end - 1) ?? end) + 1 : end - 1;
    const named = start + match[0].lastIndexOf(match.groups.type ?? '');
    if (HOLDS_CODE.test(match.groups.type ?? '') || !isSet(program, named, match.groups.name ?? '', setters)) return [];
    const first = start + (match[0].length - match[0].trimStart().length);
    return [property(program, { start: first, end: after }, match.groups, program.code.slice(start, end), after)];
  });
}

function property(
  program: ProgramText,
  span: Span,
  groups: { [name: string]: string | undefined },
  code: string,
  after?: number,
): OptionsProperty {
  const { name = '', type = '', modifiers = '' } = groups;
  const equals = after === undefined ? code.indexOf('=') : program.code.slice(after, after + 40).search(/\S/);
  const at = (after ?? span.start) + equals;
  const assigned = equals !== -1 && program.code[at] === '=';
  const value = assigned ? expressionAt(program, operandAt(program, at + 1)) : undefined;
  const made = assigned ? /^=\s*(?:new\s+)?([A-Z]\w*)\s*\(/.exec(program.code.slice(at, at + 120))?.[1] : undefined;
  const plain = type.trim().replace(/\?$/, '');
  const nullable = type.trim().endsWith('?');
  const attributes =
    program.code
      .slice(Math.max(0, span.start - 200), span.start)
      .split(/[;{}]/)
      .at(-1) ?? '';
  const required =
    /\brequired\b/.test(modifiers) ||
    /\[Required\b|@(?:field:)?(?:NotNull|NotBlank|NotEmpty)\b/.test(`${attributes} ${code.split('=')[0]}`) ||
    (program.language === 'kotlin' && !nullable && !assigned);
  return {
    name: program.language === 'csharp' ? name : kebab(name),
    type: made !== undefined && /^I[A-Z]/.test(plain) ? made : plain,
    span: { start: span.start, end: span.end },
    required,
    // What is made of nothing holds its own defaults.
    ...(value && made === undefined && !/^\s*new\b/.test(program.code.slice(at + 1, at + 20))
      ? { default: value }
      : {}),
  };
}

/** `replyTo` as Spring writes it: `reply-to`. */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
