import { classOf } from '../../environments/names.ts';
import { topicInCode } from '../../services/topic.ts';
import type { Finding } from '../reader.ts';
import { labelledCases } from './branch-arms.ts';
import type { ConfigRead } from './config-reads.ts';
import { type Branch, type Decisions, ENVIRONMENT_KEY } from './environment-branches.ts';
import { expressionAt } from './expression.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText } from './source.ts';
import { topicsIn } from './topics-of-code.ts';

/** A parameter that holds an environment's name, up to its default's quote. */
const PARAMETER =
  /[(,]\s{0,40}((?:app_?|node_?|deploy_?|rails_?)?env(?:ironment)?(?:_?name)?)\s{0,4}\??(?::\s{0,4}[\w.|[\] ]{1,40}?)?\s{0,4}[=:]\s{0,4}(["'])/gi;

/** `SENTRY_ENVIRONMENT` labels what is logged or measured, and `FLAGS_ENVIRONMENT` whose flags are asked for: nobody decides by it. */
function labels(key: string): boolean {
  const topic = topicInCode(key);
  return topic?.surface === 'operations' || topic?.topic === 'feature flag';
}

/** Where an unset name of the environment counts as one that is not production, with the name that is taken. */
export function failOpenFindings(
  program: ProgramText,
  place: Place,
  reads: readonly ConfigRead[],
  { branches }: Decisions,
): Finding[] {
  const at = (subject: string, value: string, offset: number): Finding => ({
    surface: 'config',
    subject,
    attribute: 'fails-open',
    value,
    ...place,
    line: program.line(offset),
  });
  const defaults = reads.flatMap(({ key, default: standIn }) => {
    if (!ENVIRONMENT_KEY.test(key) || labels(key) || standIn?.kind !== 'literal' || !isOpen(standIn.value)) return [];
    return [at(key, standIn.value, standIn.offset)];
  });
  const parameters = [...program.text.matchAll(PARAMETER)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    if (!program.isCode(match.index) || !isParameter(program, match.index)) return [];
    const close = program.code.indexOf(match[2] ?? '"', open + 1);
    const value = expressionAt(program, { start: open, end: close + 1 });
    return value.kind === 'literal' && isOpen(value.value) ? [at(match[1] ?? '', value.value, open)] : [];
  });
  const guards = branches.flatMap(({ key, value, offset }) => {
    const before = program.text.slice(Math.max(0, offset - 160), offset);
    const guard =
      /(?:!|\bnot\s)\s{0,4}([^\n!|&;{}]{1,100}?)\s{0,20}(?:\|\||\bor\b)\s{0,40}!?\s{0,4}(?:not\s{1,4})?$/.exec(before);
    const asked = guard?.[1]?.trim();
    if (!guard || !asked || !program.text.startsWith(asked, offset)) return [];
    const name = /^(!=?=?|===?|not \(|ends with|starts with|contains) ?(.+?)\)?$/.exec(value);
    const negated = /[!t]\s{0,4}$/.test(guard[0]) || name?.[1] === '!=' || name?.[1] === '!==' || name?.[1] === 'not (';
    const word = name?.[2] ?? value;
    return [at(key, negated ? `not ${word}` : word, offset - guard[0].length + 1)];
  });
  return [
    ...defaults,
    ...parameters,
    ...guards,
    ...otherCases(program, reads, branches).map(({ key, label, offset }) => at(key, label, offset)),
  ];
}

/** Topics at which a laxer way lets somebody in, or shows them more. */
const PROTECTS = new Set(['identity', 'edge']);
/** A body that ends the program, or refuses: whoever comes here goes no further. */
const REFUSES =
  /\b(?:throw|raise|panic!?|fatal\w*|abort|die|exit|error|err|bail!?|unreachable!?|unknown\w*|unsupported\w*)\b|\bos\.Exit|Fatalf?\(|Error\(|Exception\(/i;

/** Keys that a framework takes for production where nobody sets them. */
const CLOSED = new Set(['ASPNETCORE_ENVIRONMENT', 'DOTNET_ENVIRONMENT']);

/** Selections in which production has a case of its own at what protects, and a name that none of the cases has takes a laxer one. */
function otherCases(program: ProgramText, reads: readonly ConfigRead[], branches: readonly Branch[]) {
  return branches.flatMap(({ key, value, offset }) => {
    const known = reads.some(
      (read) => read.key === key && read.default?.kind === 'literal' && classOf(read.default.value) === 'production',
    );
    if (value !== 'switch' || known || CLOSED.has(key)) return [];
    const cases = labelledCases(program, offset);
    const production = cases.find(({ names }) => names.some((name) => classOf(name) === 'production'));
    const other = cases.find(({ names }) => names.length === 0);
    if (!production || !other) return [];
    const text = program.code.slice(other.body.start, other.body.end);
    if (text.trim() === '' || REFUSES.test(text)) return [];
    const touched = [production, other].flatMap(({ body }) => topicsIn(program, body));
    if (!touched.some(({ topic }) => PROTECTS.has(topic.surface) || topic.topic === 'debug')) return [];
    return [{ key, label: other.label, offset: other.offset }];
  });
}

function isOpen(name: string): boolean {
  const cls = classOf(name);
  return cls !== undefined && cls !== 'production';
}

/** Whether a bracket or comma belongs to a function's parameters. */
function isParameter(program: ProgramText, offset: number): boolean {
  const open = /\(/.test(program.code[offset] ?? '') ? offset : program.enclosing(offset);
  const close = open === undefined ? undefined : program.partner(open);
  if (open === undefined || close === undefined || program.code[open] !== '(') return false;
  const head = program.code.slice(Math.max(0, open - 80), open);
  const after = program.code.slice(close + 1, close + 60);
  return /\b(?:def|function)\s+[\w.$?!]*\s*$/.test(head) || /^\s*(?::\s*[\w<>[\] |]{1,40})?\s*(?:=>|\{)/.test(after);
}
