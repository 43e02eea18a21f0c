import { topicOf } from '../../services/topic.ts';
import { mayMatch, type Searched, soughtParts } from '../../syntax/sought.ts';
import type { ProgramText } from './source.ts';
import { type StandIn, subjectInName } from './stand-ins.ts';

const NAME = String.raw`[\p{Lu}][\p{L}\p{N}_]{1,100}`;
/** What stands before the name of a class that only plays another's part, or behind it. */
const PLAYS = /^(?:Fake|Mock|Mocked|Stub|Dummy|InMemory|NoOp)(?=\p{Lu})|(?:Fake|Mock|Stub|Dummy|NoOp)$/u;
/** Further annotations and modifiers between one and what it stands on. */
const BETWEEN =
  /^(?:\s+|@[\w.:]+(?:\([^()]{0,200}\))?|(?:public|protected|private|internal|static|final|open|override|abstract)\b)+/;
const CLASS = new RegExp(String.raw`^class\s+(?<name>${NAME})`, 'u');
const FUNCTION = /^fun\s+(?:`[^`\n]{1,80}`|[\p{L}\p{N}_]{1,100})\s*\(/u;
const METHOD = new RegExp(String.raw`^(?<type>${NAME})(?:<[^<>]{0,80}>)?\s+[\p{L}\p{N}_]{1,100}\s*\(`, 'u');
const ANY_CLASS = new RegExp(String.raw`\bclass\s+(?<name>${NAME})`, 'gu');

const MAY_PLAY = soughtParts(['@Primary\\b', 'Fake', 'Mock', 'Stub', 'Dummy', 'InMemory', 'NoOp']);

/** Whether `jvmStandIns` may find something in a file of Java or Kotlin; `false` is certain. */
export function mayStandInOnJvm(file: Searched): boolean {
  return mayMatch(file, MAY_PLAY);
}

/**
 * Beans and classes of a JVM program's tests that take the place of the application's: `@Primary` beans with what they answer, and
 * `class FakeMailer : Mailer`. Who decides about who gets in is gone around, everybody else is faked.
 */
export function jvmStandIns(program: ProgramText): StandIn[] {
  if (program.language !== 'java' && program.language !== 'kotlin') return [];
  const primary = [...program.code.matchAll(/@Primary\b/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const between = BETWEEN.exec(program.code.slice(start, start + 500))?.[0].length ?? 0;
    return declaredAt(program, start + between);
  });
  const fakes = [...program.code.matchAll(ANY_CLASS)].flatMap((match) =>
    PLAYS.test(match.groups?.name ?? '') ? declaredAt(program, match.index) : [],
  );
  const places = new Map([...primary, ...fakes].map((each) => [each.offset, each]));
  return [...places.values()];
}

/** The stand-in that a class or a function at an offset is or makes. */
function declaredAt(program: ProgramText, offset: number): StandIn[] {
  const rest = program.code.slice(offset, offset + 1200);
  const className = CLASS.exec(rest)?.groups?.name;
  const type = className === undefined ? answerOf(program, offset, rest) : baseOf(program, offset, rest);
  const name = type?.replace(PLAYS, '');
  if (name === undefined || name === '' || COMMON.test(name)) return [];
  const topic = topicOf(name);
  const decides = topic?.topic === 'login' || topic?.topic === 'restriction';
  return [
    {
      ...(subjectInName(name) ?? { subject: name, surface: topic?.surface ?? 'services' }),
      kind: decides ? 'bypass' : 'fake',
      offset,
      target: { how: 'class', text: name },
    },
  ];
}

/** Types that tests make for themselves. */
const COMMON =
  /^(?:String|Unit|Any|Object|List|Map|Set|Boolean|ObjectMapper|Clock|RestTemplate|RestClient|WebClient|DataSource|Executor|TaskExecutor|Config|Configuration)$/;

/** What a bean's function answers: its declared type, else the class that it makes. */
function answerOf(program: ProgramText, offset: number, rest: string): string | undefined {
  if (program.language === 'java') return METHOD.exec(rest)?.groups?.type;
  const head = FUNCTION.exec(rest)?.[0];
  const close = head === undefined ? undefined : program.partner(offset + head.length - 1);
  if (close === undefined) return undefined;
  const after = program.code.slice(close + 1, close + 200);
  return (
    new RegExp(String.raw`^\s*:\s*(${NAME})`, 'u').exec(after)?.[1] ??
    new RegExp(String.raw`^\s*=\s*(${NAME})\(`, 'u').exec(after)?.[1]
  );
}

/** The class or interface that a class extends. */
function baseOf(program: ProgramText, offset: number, rest: string): string | undefined {
  const head = CLASS.exec(rest)?.[0].length ?? 0;
  if (program.language === 'java')
    return new RegExp(String.raw`^[^{;]{0,300}?\b(?:extends|implements)\s+(${NAME})`, 'u').exec(rest.slice(head))?.[1];
  const open = /^(?:<[^<>]{0,80}>)?\s*(?:(?:private|internal)\s+constructor\s*)?\(/.exec(rest.slice(head))?.[0].length;
  const close = open === undefined ? offset + head - 1 : program.partner(offset + head + open - 1);
  if (close === undefined) return undefined;
  return new RegExp(String.raw`^\s*:\s*(${NAME})`, 'u').exec(program.code.slice(close + 1, close + 200))?.[1];
}
