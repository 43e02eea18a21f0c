import { classOf } from '../../environments/names.ts';
import { type Topic, topicInCode, topicNamed } from '../../services/topic.ts';
import type { LanguageName } from '../../syntax/languages.ts';
import type { Finding } from '../reader.ts';
import { type Arms, armsAt, type Case, casesAt } from './branch-shape.ts';
import { classDeclaredAt } from './declared-class.ts';
import type { AnswerUse, Branch, Decisions } from './environment-branches.ts';
import { namedAround } from './function-around.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText } from './source.ts';
import { isLog, topicAround, topicsIn } from './topics-of-code.ts';

/** Lines told of one variable that a branch chose. */
const MAX_USES = 3;

/** Which environment takes an arm, in words: `production`, `not production`, `local,test`. */
export interface Labels {
  holds: string;
  fails: string;
}

/** What the arms of the branches touch, and what the variables that they choose do. */
export function armFindings(program: ProgramText, place: Place, decisions: Decisions): Finding[] {
  const findings = decisions.branches.flatMap((branch) => findingsOfBranch(program, place, branch, decisions));
  const byName = new Map<string, number>();
  for (const use of decisions.uses) {
    const count = byName.get(use.name) ?? 0;
    const found = count < MAX_USES ? findingOfUse(program, place, use) : undefined;
    if (!found) continue;
    byName.set(use.name, count + 1);
    findings.push(found);
  }
  return findings;
}

function findingsOfBranch(program: ProgramText, place: Place, branch: Branch, decisions: Decisions): Finding[] {
  if (branch.value === 'switch') {
    return labelledCases(program, branch.offset).flatMap(({ label, body }) =>
      topicsIn(program, body).map(({ topic, line }) => finding(place, topic, label, line)),
    );
  }
  const labels = labelsOf(branch);
  if (!labels) return [];
  const arms = armsAt(program, branch.offset, branch.folded === true);
  const target = targetAt(program, branch.offset);
  const findings = [...ofArm(program, place, arms, 'holds', labels), ...ofArm(program, place, arms, 'fails', labels)];
  const decided = target && (arms.value || isInline(program, arms, branch.offset)) ? target : undefined;
  if (findings.length === 0 && decided) {
    const topic = topicAround(program, branch.offset, decided.name);
    const line = program.line(branch.offset);
    const sides = arms.holds && arms.fails ? [labels.holds, labels.fails] : [labels.holds];
    if (topic) findings.push(...sides.map((side) => finding(place, topic, side, line)));
  }
  if (decided?.variable && !decisions.uses.some((use) => use.name === decided.name)) {
    findings.push(...usesOf(program, place, decided.name, branch, decisions));
  }
  const around = findings.length === 0 && arms.holds ? topicOfFunction(program, branch) : undefined;
  if (around) findings.push(finding(place, around, labels.holds, program.line(branch.offset)));
  return findings;
}

/** Where neither arm nor condition tells what is decided on, what the function around them is called after: `verify_2fa_code`. */
function topicOfFunction(program: ProgramText, { key, offset }: Branch): Topic | undefined {
  const start = program.code.lastIndexOf('\n', offset) + 1;
  const end = program.code.indexOf('\n', offset);
  const condition = program.text.slice(start, end === -1 ? program.text.length : Math.min(end, start + 300));
  const words = condition.match(/[A-Za-z_$][\w$]*/g) ?? [];
  if (words.some((word) => word !== key && topicInCode(word))) return undefined;
  const name = namedAround(program, offset);
  const topic = name === undefined ? undefined : topicInCode(name);
  return topic?.weight === 'low' ? undefined : topic;
}

/** The cases of a selection by the environment's name, with who takes each: `production,staging`, `not production,staging`. */
export function labelledCases(program: ProgramText, offset: number): (Case & { label: string })[] {
  const cases = casesAt(program, offset);
  const words = (names: readonly string[]) => [...new Set(names.map(environmentWord))].join(',');
  const named = words(cases.flatMap(({ names }) => names));
  return cases.map((each) => ({
    ...each,
    label: each.names.length > 0 ? words(each.names) : named === '' ? 'other' : `not ${named}`,
  }));
}

function ofArm(program: ProgramText, place: Place, arms: Arms, side: keyof Labels, labels: Labels): Finding[] {
  const arm = arms[side];
  const declared = arm && classDeclaredAt(program, arm);
  const named = declared && topicOfClass(declared.name);
  // A class that is put in place, or left out, is for what it is called; its body has a word for everything that it needs.
  if (named) return [finding(place, named, labels[side], program.line(declared.offset))];
  return arm ? topicsIn(program, arm).map(({ topic, line }) => finding(place, topic, labels[side], line)) : [];
}

/** What a class is for, by its name: one that answers requests is its endpoints, whatever they are about. */
function topicOfClass(name: string): Topic | undefined {
  return /(?:Controller|Endpoint)$/.test(name) ? topicNamed('endpoint') : topicInCode(name);
}

/** Languages without braces around their blocks. */
const BY_LINES = new Set<LanguageName>(['python', 'ruby', 'elixir', 'shell']);

/** Whether an arm stands with its condition in one expression. */
function isInline(program: ProgramText, arms: Arms, offset: number): boolean {
  const arm = arms.holds ?? arms.fails;
  if (!arm) return false;
  const between = program.code.slice(Math.min(offset, arm.end), Math.max(offset, arm.start));
  if (BY_LINES.has(program.language)) return arm.end <= offset || !between.includes('\n');
  return (
    !/[{;]|\n\s*\n/.test(between) && !/\bif\s*\(?$/.test(program.code.slice(Math.max(0, offset - 12), offset).trimEnd())
  );
}

/** How far below a branch what it chose is looked for, in characters, and on how many lines. */
const REACH = 30_000;
const MAX_LINES = 60;

const known = new WeakMap<Decisions, ReadonlySet<number>>();

/** The lines that branches stand on, found once for a file's decisions. */
function conditionLines(program: ProgramText, decisions: Decisions): ReadonlySet<number> {
  const lines = known.get(decisions) ?? new Set(decisions.branches.map((each) => program.line(each.offset)));
  known.set(decisions, lines);
  return lines;
}

/** The lines that use a variable which a branch chose. */
function usesOf(program: ProgramText, place: Place, name: string, branch: Branch, decisions: Decisions): Finding[] {
  const plain = name.replaceAll('$', '\\$');
  const pattern = new RegExp(`(?<![\\w$.])${plain}(?![\\w$]|\\s{0,4}[:=](?!=))`, 'g');
  const conditions = conditionLines(program, decisions);
  const findings: Finding[] = [];
  const lines = new Set<number>();
  const start = Math.max(0, branch.offset - 1);
  for (const match of program.code.slice(start, start + REACH).matchAll(pattern)) {
    if (findings.length >= MAX_USES || lines.size >= MAX_LINES) break;
    const offset = start + match.index;
    const line = program.line(offset);
    if (conditions.has(line) || lines.has(line)) continue;
    lines.add(line);
    const lineStart = program.code.lastIndexOf('\n', offset) + 1;
    const end = program.code.indexOf('\n', offset);
    const source = program.code.slice(lineStart, Math.min(lineStart + 300, end === -1 ? program.code.length : end));
    if (/^\s*(?:import|export\s*\{|module\.exports)/.test(source)) continue;
    const topic =
      topicsIn(program, { start: lineStart, end: lineStart + source.length })[0]?.topic ??
      topicAround(program, offset, targetAt(program, offset)?.name);
    if (topic) findings.push(finding(place, topic, `chosen by ${branch.key}`, line));
  }
  return findings;
}

function findingOfUse(program: ProgramText, place: Place, use: AnswerUse): Finding | undefined {
  const labels = labelsOf(use);
  const topic = topicAround(program, use.offset, targetAt(program, use.offset)?.name);
  return labels && topic ? finding(place, topic, labels.holds, program.line(use.offset)) : undefined;
}

function finding(place: Place, topic: Topic, value: string, line: number): Finding {
  return { surface: topic.surface, subject: topic.topic, attribute: 'arm', value, ...place, line };
}

interface Target {
  name: string;
  /** It is a variable, and no property. */
  variable: boolean;
}

/** What the expression around an offset is given to: the variable, the property, or the call. */
export function targetAt(program: ProgramText, offset: number): Target | undefined {
  const enclosing = program.enclosing(offset) ?? -1;
  const before = program.text.slice(Math.max(enclosing + 1, offset - 240), offset);
  const own = lastStatement(before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf(',')) + 1));
  const found =
    /([A-Za-z_$][\w$.]*)["']?[ \t]{0,8}(?::[ \t]{0,4}[\w<>|[\]]{1,40}[ \t]{0,4}=|:|\|\|=|\?\?=|<<|=(?![=>]))\s{0,80}[^;,{}]{0,200}$/.exec(
      own,
    );
  const name = found?.[1];
  if (name !== undefined) {
    const assigned = !/["']?[ \t]{0,8}:\s/.test(own.slice(found?.index ?? 0).slice(name.length, name.length + 4));
    return { name: name.split('.').at(-1) ?? name, variable: assigned && !name.includes('.') };
  }
  if (enclosing === -1 || program.code[enclosing] !== '(') return undefined;
  const call = /([A-Za-z_$][\w$.]*)\s*$/.exec(program.code.slice(Math.max(0, enclosing - 80), enclosing))?.[1];
  if (call && isLog(call)) return undefined;
  if (call && !/^(?:if|while|switch|for|return|and|or|not)$/.test(call))
    return { name: call.split('.').at(-1) ?? call, variable: false };
  const outer = program.enclosing(enclosing);
  return call === undefined && (outer === undefined || outer < enclosing) ? targetAt(program, enclosing) : undefined;
}

/** The last line, and those before it that go on into it. */
function lastStatement(text: string): string {
  let start = text.lastIndexOf('\n') + 1;
  for (let step = 0; step < 4 && start > 0; step += 1) {
    if (!/(?:[=(?:+[\\]|=>|&&|\|\||<<|\bor|\band)\s*$/.test(text.slice(Math.max(0, start - 80), start))) break;
    start = text.lastIndexOf('\n', start - 2) + 1;
  }
  return text.slice(start);
}

const OPERATOR = /^(===?|!==?|in|not in|ends with|starts with|contains) (.+)$/;

/** Which environments take the arm where a comparison holds, and where it does not; `undefined` where its value tells none. */
export function labelsOf({ key, value }: { key: string; value: string }): Labels | undefined {
  const inner = /^not \((.+)\)$/.exec(value)?.[1];
  if (inner !== undefined) {
    const labels = labelsOf({ key, value: inner });
    return labels ? { holds: labels.fails, fails: labels.holds } : undefined;
  }
  if (value === 'is set') {
    if (key === 'SSR') return undefined;
    const word = key === 'DEBUG' ? 'DEBUG' : environmentWord(key);
    return { holds: word, fails: `not ${word}` };
  }
  const [, operator = '', names = ''] = OPERATOR.exec(value) ?? [];
  if (names === '') return undefined;
  const word = /in$/.test(operator) ? names.split(',').map(environmentWord).join(',') : environmentWord(names);
  const sides = { holds: word, fails: `not ${word}` };
  return operator.startsWith('!') || operator.startsWith('not') ? { holds: sides.fails, fails: sides.holds } : sides;
}

/** An environment's word as facts have it: production by its own name, every other as written, without what sets it off. */
export function environmentWord(text: string): string {
  const last =
    text
      .replace(/\.value$/, '')
      .split(/(?<=\w)\.(?=[A-Z]\w*$)|::/)
      .at(-1) ?? text;
  const parts = last.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const named = parts.find((part) => classOf(part) !== undefined);
  const word = /^[-._]|[-._]$|\w\.\w/.test(last) && named ? named : last;
  return classOf(word) === 'production' ? 'production' : word;
}
