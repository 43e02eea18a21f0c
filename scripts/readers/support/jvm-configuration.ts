import { classOf } from '../../environments/names.ts';
import type { ConfigWrite, ReadPattern } from './config-reads.ts';
import { enumBranches } from './enum-branches.ts';
import type { Branch } from './environment-branches.ts';
import { partsOf, plainString } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** Without one of these a file of Java or Kotlin reads no configuration of its own. */
export const JVM_HINTS: readonly string[] = [
  'getenv',
  'getProperty',
  'getRequiredProperty',
  'getOptionalProperty',
  'setProperty',
  'containsProperty',
  '${',
  '@Value',
  '@Profile',
  'ConfigurationProperties',
  'ConditionalOn',
  'ConfigProperty',
  'ActiveProfiles',
  'TestPropertySource',
  'SpringBootTest',
  'DynamicPropertyRegistry',
  'acceptsProfiles',
  'activeProfiles',
  'propertyOrNull',
  'config.property',
];

/** Set by the virtual machine itself. */
const OWN = /^(?:java|user|os|file|line|path|sun|jdk|awt)\.[\w.]+$/;
/** A Spring `Environment`, by what it is called. */
const ENVIRONMENT = String.raw`(?<![\w.])(?:this\.)?(?:env|environment|springEnvironment|propertyResolver|ctx\.environment|context\.environment|applicationContext\.(?:environment|getEnvironment\(\)))`;
/** Spring's and MicroProfile's second argument may be a type; a default stands last then. */
const TYPED = String.raw`(?=[^()\n]{1,200},\s*(?:[\w.]{1,60}(?:\.class|::class(?:\.java)?)|[\w.]{1,60}\.class)\b)`;

/** How Java and Kotlin read variables and settings. */
const jvmPatterns: readonly ReadPattern[] = [
  { pattern: /(?<![\w.])(?:java\.lang\.)?System\.getenv\((?!\s*\))/g, absent: 'usage' },
  { pattern: /(?<![\w.])System\.getenv\(\)\s*\.\s*getOrDefault\(/g, absent: 'usage', defaultArgument: 1 },
  { pattern: /(?<![\w.])System\.getenv\(\)\s*\.\s*get\(/g, absent: 'usage' },
  { pattern: /(?<![\w.])System\.getenv\(\)\s*\.\s*containsKey\(/g, absent: 'optional' },
  { pattern: /(?<![\w.])System\.getenv\(\)\[/g, absent: 'usage' },
  { pattern: /(?<![\w.])System\.getProperty\(/g, absent: 'usage', defaultArgument: 1, setting: true, except: OWN },
  { pattern: /(?<![\w.])System\.setProperty\(/g, absent: 'usage', sets: true, setting: true, except: OWN },
  {
    pattern: /(?<![\w.])(?:Boolean\.getBoolean|Integer\.getInteger|Long\.getLong)\(/g,
    absent: 'optional',
    setting: true,
  },
  {
    pattern: new RegExp(String.raw`${ENVIRONMENT}\.getProperty\(${TYPED}`, 'g'),
    absent: 'usage',
    defaultArgument: 2,
    setting: true,
  },
  {
    pattern: new RegExp(String.raw`${ENVIRONMENT}\.getProperty\((?!${TYPED})`, 'g'),
    absent: 'usage',
    defaultArgument: 1,
    setting: true,
  },
  { pattern: new RegExp(String.raw`${ENVIRONMENT}\.getRequiredProperty\(`, 'g'), absent: 'required', setting: true },
  { pattern: new RegExp(String.raw`${ENVIRONMENT}\.containsProperty\(`, 'g'), absent: 'optional', setting: true },
  // Ktor's settings, and Kotlin's and the JVM's habit of an `EnvironmentUtils`.
  {
    pattern: /(?<!\w)(?:config|applicationConfig)\.property\(/g,
    member: true,
    absent: 'required',
    setting: true,
  },
  {
    pattern: /(?<!\w)(?:config|applicationConfig)\.propertyOrNull\(/g,
    member: true,
    absent: 'optional',
    setting: true,
  },
  { pattern: /\bEnvironmentUtils\.getRequiredProperty\(/g, absent: 'required' },
  { pattern: /\bEnvironmentUtils\.getOptionalProperty\(/g, absent: 'optional' },
];

const dynamicProperties: ReadPattern = {
  pattern: /(?<![\w.])\w*(?:[rR]egistry|[pP]roperties)\.add\(/g,
  absent: 'usage',
  sets: true,
  setting: true,
  block: true,
};

/** How a program of Java or Kotlin reads and sets configuration; Spring's tests set what starts with them through a registry. */
export function jvmPatternsOf(program: ProgramText): readonly ReadPattern[] {
  return program.text.includes('DynamicPropertyRegistry') ? [...jvmPatterns, dynamicProperties] : jvmPatterns;
}

/** Names of profiles with what joins them: `!prod & (a | b)`. */
const ANNOTATED = /@(?:Profile|IfProfileActive)\s{0,4}\(/g;
const ASKED = /\b(?:acceptsProfiles|matchesProfiles)\s{0,4}\(/g;

/** The profiles that annotations and calls ask for, and members of an enumeration of environments. */
export function jvmBranches(program: ProgramText): Branch[] {
  const { code } = program;
  const annotated = [...code.matchAll(ANNOTATED)].flatMap((match) => {
    const value = profilesIn(program, match.index + match[0].length - 1);
    return value === undefined ? [] : [{ key: PROFILES, value, offset: match.index }];
  });
  const asked = [...code.matchAll(ASKED)].flatMap((match) => {
    const value = profilesIn(program, match.index + match[0].length - 1);
    const before = code.slice(Math.max(0, match.index - 60), match.index);
    const negated = /!\s{0,4}\(?(?:[\w.]{1,50}\.)?$/.test(before);
    return value === undefined
      ? []
      : [{ key: PROFILES, value: negated ? `not (${value})` : value, offset: match.index, folded: true }];
  });
  const contained = [...code.matchAll(SEARCHED)].flatMap((match) => {
    const value = searchedFor(program, match.index + match[0].length - 1);
    if (value === undefined) return [];
    const denies = /^none/.test(match.groups?.method ?? '');
    return [{ key: PROFILES, value: denies ? `not (${value})` : value, offset: match.index }];
  });
  const helped = [...code.matchAll(HELPER)].flatMap((match) => {
    const name = match.groups?.member ?? '';
    return classOf(name) === undefined ? [] : [{ key: PROFILES, value: `== ${name}`, offset: match.index }];
  });
  const listed = [
    ...program.text.matchAll(
      /"(?<name>[\w-]{1,60})"\s{1,4}(?<operator>!?in)\s{1,4}(?:[\w.]{1,40}\.)?activeProfiles\b/g,
    ),
  ].flatMap((match) => {
    const { name = '', operator = '' } = match.groups ?? {};
    return program.isCode(match.index)
      ? [{ key: PROFILES, value: `${operator === 'in' ? '==' : '!='} ${name}`, offset: match.index }]
      : [];
  });
  return [...annotated, ...asked, ...contained, ...helped, ...listed, ...enumBranches(program)];
}

/** The active profiles, searched for one of them: `activeProfiles.any { it == "prod" }`, `Arrays.stream(env.getActiveProfiles()).noneMatch(`. */
const SEARCHED =
  /\b(?:activeProfiles|getActiveProfiles\(\))\)?\s{0,40}\??\.(?<method>contains|any|anyMatch|none|noneMatch)\s{0,4}[({]/g;
/** A function of the project's own that asks a Spring `Environment` for a member of an enumeration: `environment.isActive(Profiles.PROD)`. */
const HELPER = new RegExp(
  String.raw`${ENVIRONMENT}\.(?!get|contains|resolve|setActive|require)\w{1,60}\(\s{0,4}(?:\w{1,60}\.){1,3}(?<member>[A-Za-z]\w{1,40})(?:\.\w{1,40}(?:\(\))?){0,2}\s{0,4}\)`,
  'g',
);
/** A member of an enumeration that the profiles are compared with. */
const MEMBER = /\b[A-Z]\w{1,60}\.(?<name>[A-Za-z]\w{1,40})\b/g;

/** The names that stand in the brackets of a search; only such as are environments, where they are no plain strings. */
function searchedFor(program: ProgramText, open: number): string | undefined {
  const end = program.partner(open);
  if (end === undefined || end - open > 300) return undefined;
  const span = { start: open + 1, end };
  const members = [...program.code.slice(span.start, span.end).matchAll(MEMBER)]
    .map((match) => match.groups?.name ?? '')
    .filter((name) => classOf(name) !== undefined);
  const names = [...stringsIn(program, span).filter((text) => /^[\w-]{1,60}$/.test(text)), ...members];
  const [first] = names;
  return first === undefined ? undefined : names.length === 1 ? `== ${first}` : `in ${names.join(',')}`;
}

/** The profiles that a test asks to run with, as the variable would name them: `test,local`. */
export function jvmWrites(program: ProgramText): ConfigWrite[] {
  return [...testProperties(program), ...profileWrites(program)];
}

/** `@TestPropertySource(properties = "shop.mail=off")`, `@SpringBootTest(properties = {"a.b=c"})`: what a test sets before it starts. */
function testProperties(program: ProgramText): ConfigWrite[] {
  return [...program.code.matchAll(/@(?:TestPropertySource|SpringBootTest|DataJpaTest|WebMvcTest)\s{0,4}\(/g)].flatMap(
    (match) => {
      const given = memberOf(program, match.index + match[0].length - 1, 'properties');
      if (!given) return [];
      return [...program.text.slice(given.start, given.end).matchAll(STRING)].flatMap((each): ConfigWrite[] => {
        const [, key, value] = /^\s*([A-Za-z][\w.-]{1,118})\s*[=:]\s*(.*)$/.exec(each.groups?.text ?? '') ?? [];
        const offset = given.start + each.index;
        if (key === undefined || value === undefined || OWN.test(key)) return [];
        return [{ key, offset, value: { kind: 'literal', value, offset } }];
      });
    },
  );
}

function profileWrites(program: ProgramText): ConfigWrite[] {
  return [...program.code.matchAll(/@ActiveProfiles\s{0,4}\(/g)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const end = program.partner(open);
    const names = end === undefined ? [] : stringsIn(program, { start: open + 1, end: Math.min(end, open + 600) });
    if (names.length === 0) return [];
    return [
      { key: PROFILES, offset: match.index, value: { kind: 'literal', value: names.join(','), offset: match.index } },
    ];
  });
}

const PROFILES = 'SPRING_PROFILES_ACTIVE';
const STRING = /"(?<text>[^"\\\n]{1,200})"/g;

/** What the strings in a call's or an annotation's bracket ask for: `== prod`, `!= prod`, `in local,test`, or the expression itself. */
function profilesIn(program: ProgramText, open: number): string | undefined {
  const end = program.partner(open);
  if (end === undefined) return undefined;
  const texts = stringsIn(program, { start: open + 1, end: Math.min(end, open + 600) });
  const names = texts.flatMap((text) =>
    /^[^!&()]+$/.test(text) ? text.split('|').map((name) => name.trim()) : [text],
  );
  if (names.length === 0) return undefined;
  const denied = names.length === 1 ? /^!\s*([\p{L}\w.-]+)$/u.exec(names[0] ?? '')?.[1] : undefined;
  if (denied !== undefined) return `!= ${denied}`;
  const shown = names.filter((name) => name !== '');
  return shown.length === 1 && /^[\p{L}\w.-]+$/u.test(shown[0] ?? '') ? `== ${shown[0]}` : `in ${shown.join(',')}`;
}

/** The plain strings in a stretch. */
export function stringsIn(program: ProgramText, span: Span): string[] {
  return [...program.text.slice(span.start, span.end).matchAll(STRING)].flatMap((match) => {
    const start = span.start + match.index;
    return plainString(program, { start, end: start + match[0].length }) ?? [];
  });
}

/** The value of an annotation's member: of `havingValue` in `(name = "x", havingValue = "y")`. */
export function memberOf(program: ProgramText, open: number, name: string): Span | undefined {
  const part = (partsOf(program, open) ?? []).find((each) =>
    new RegExp(`^\\s*${name}\\s*=(?!=)`).test(program.code.slice(each.start, each.end)),
  );
  if (!part) return undefined;
  return { start: program.code.indexOf('=', part.start) + 1, end: part.end };
}
