import type { Finding } from '../reader.ts';
import { labelsOf, targetAt } from './branch-arms.ts';
import { armsAt } from './branch-shape.ts';
import type { Branch, Decisions } from './environment-branches.ts';
import { expressionAt } from './expression.ts';
import { functionAround } from './function-around.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt } from './usage.ts';

/** Assignments told of one arm, and of one file. */
const MAX_OF_ARM = 6;
const MAX_OF_FILE = 40;
/** `host = `, `self.rate: float = `, `$limit = `, `const url = `, at the start of a statement. */
const ASSIGNMENT =
  /(?:^|[;{)])[ \t]{0,80}(?:(?:const|let|var|val|self\.|this\.|@)\s{0,4})?\$?(?<name>[A-Za-z_]\w{0,60})[ \t]{0,8}(?::[ \t]{0,4}[\w<>|[\]? ]{1,40}?)?[ \t]{0,8}:?=(?![=>~])/gm;

/**
 * What a variable or a function's answer is in the environments that take an arm of a branch: `host = 'a.example'` of one arm,
 * `isProd ? 1 : 0`. The arm, in words, is the finding's unit: `production`, `not production`, `staging`.
 */
export function chosenValues(program: ProgramText, place: Place, { branches }: Decisions): Finding[] {
  const findings = branches.flatMap((branch) => ofBranch(program, place, branch));
  const seen = new Set<string>();
  return findings
    .filter(({ subject, value, line }) => {
      const key = `${subject} ${value} ${line}`;
      return !seen.has(key) && seen.add(key) !== undefined;
    })
    .slice(0, MAX_OF_FILE);
}

function ofBranch(program: ProgramText, place: Place, branch: Branch): Finding[] {
  const labels = labelsOf(branch);
  if (!labels) return [];
  const arms = armsAt(program, branch.offset, branch.folded === true);
  const both = [
    { span: arms.holds, unit: labels.holds },
    { span: arms.fails, unit: labels.fails },
  ].flatMap(({ span, unit }) => (span ? [{ span, unit }] : []));
  const values = both.map(({ span }) => expressionAt(program, span));
  // Two literals side by side are what one name is set to.
  if (values.length === 2 && values.every((each) => each.kind === 'literal')) {
    const name = targetAt(program, branch.offset)?.name ?? functionAround(program, branch.offset);
    if (name === undefined) return [];
    return both.flatMap(({ unit }, index) => {
      const value = values[index];
      return value?.kind === 'literal' ? [finding(program, place, name, value.value, unit, value.offset)] : [];
    });
  }
  return both.flatMap(({ span, unit }) => assignedIn(program, place, span, unit));
}

function assignedIn(program: ProgramText, place: Place, span: Span, unit: string): Finding[] {
  const code = program.code.slice(span.start, span.end);
  const depth = program.enclosing(firstText(program, span));
  return [...code.matchAll(ASSIGNMENT)]
    .flatMap((match): Finding[] => {
      const name = match.groups?.name ?? '';
      const end = span.start + match.index + match[0].length;
      const offset = span.start + match.index + match[0].lastIndexOf(name);
      if (program.enclosing(offset) !== depth) return [];
      const value = expressionAt(program, operandAt(program, end));
      // What a shell fills in, and a text of prose, is no value of its own.
      const told = value.kind === 'literal' && /^[^$`]{1,120}$/.test(value.value) && !/#\{/.test(value.value);
      return told ? [finding(program, place, name, value.value, unit, offset)] : [];
    })
    .slice(0, MAX_OF_ARM);
}

function firstText(program: ProgramText, { start, end }: Span): number {
  const found = program.code.slice(start, end).search(/\S/);
  return found === -1 ? start : start + found;
}

function finding(
  program: ProgramText,
  place: Place,
  subject: string,
  value: string,
  unit: string,
  offset: number,
): Finding {
  return { surface: 'config', subject, attribute: 'chosen-value', value, ...place, unit, line: program.line(offset) };
}
