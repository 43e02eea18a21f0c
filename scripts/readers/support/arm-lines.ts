import type { Finding } from '../reader.ts';
import { environmentWord, labelsOf, targetAt } from './branch-arms.ts';
import { type Arms, armsAt, casesAt } from './branch-shape.ts';
import type { Branch, Decisions } from './environment-branches.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText, Span } from './source.ts';
import { writesLog } from './writes-log.ts';

/** Lines told of one file, and looked at in one arm. */
const MAX_OF_FILE = 40;
const MAX_LOOKED_AT = 12;
/** How far below it a variable that a branch chose is asked for, in characters, and how often. */
const REACH = 20_000;
const MAX_ASKED = 2;
/** A line that holds brackets, a word that only opens or ends a block, or a case's own label. */
const SAYS_NOTHING =
  /^[\s{}()[\];,:?]*$|^[\s{}]*(?:else|try|do|then|begin|end|fi|finally|default|break|done)?\b[\s{}:;()]*$/;
/** An annotation, or a decorator, before what it stands on. */
const ANNOTATION = /^\s*@[\w.]+(?:\([^()]*\))?\s*$/;

/**
 * The first telling line of each arm of a branch on the environment's name, for the key that the branch asks by; the value is who takes
 * it, in words: `production`, `not production`, `staging`, `other`; the unit is the line of the branch.
 */
export function armLines(program: ProgramText, place: Place, { branches }: Decisions): Finding[] {
  const lines = new Set<number>();
  const findings: Finding[] = [];
  for (const branch of branches) {
    if (findings.length >= MAX_OF_FILE) break;
    const own = program.line(branch.offset);
    for (const { span, label, asked } of armsOf(program, branch)) {
      const found = tellingLine(program, span);
      for (const line of [asked, found?.line, found && definedHere(program, found.said, found.offset)]) {
        if (line === undefined || line === own || lines.has(line)) continue;
        lines.add(line);
        const said = { surface: 'config', subject: branch.key, attribute: 'taken', value: label } as const;
        findings.push({ ...said, ...place, unit: String(own), line });
      }
    }
  }
  return findings.slice(0, MAX_OF_FILE);
}

/** What one side of a branch does; `asked`: the line that asks for the variable which the branch chose. */
interface Arm {
  span: Span;
  label: string;
  asked?: number;
}

function armsOf(program: ProgramText, branch: Branch): Arm[] {
  if (branch.value === 'switch')
    return casesAt(program, branch.offset).map(({ names, body }) => ({
      span: body,
      label: [...new Set(names.map(environmentWord))].join(',') || 'other',
    }));
  const labels = labelsOf(branch);
  if (!labels) return [];
  const sides = ({ holds, fails }: Arms): Arm[] => [
    ...(holds ? [{ span: holds, label: labels.holds }] : []),
    ...(fails ? [{ span: fails, label: labels.fails }] : []),
  ];
  const chosen = targetAt(program, branch.offset);
  const later = chosen?.variable ? askedLater(program, chosen.name, branch.offset) : [];
  return [
    ...sides(armsAt(program, branch.offset, branch.folded === true)),
    ...later.flatMap((offset) =>
      sides(armsAt(program, offset, false)).map((arm) => ({ ...arm, asked: program.line(offset) })),
    ),
  ];
}

/** Where conditions ask for a variable which a branch chose. */
function askedLater(program: ProgramText, name: string, offset: number): number[] {
  const plain = name.replaceAll('$', '\\$');
  const asked = new RegExp(`\\b(?:if|elif|elsif|unless)\\b[ \\t(!]{0,6}(?:not[ \\t]+)?${plain}(?![\\w$.(])`, 'g');
  return [...program.code.slice(offset, offset + REACH).matchAll(asked)]
    .slice(0, MAX_ASKED)
    .map((match) => offset + match.index + match[0].length - name.length);
}

/** The line of a function of the same file that a line hands on to, where it does nothing else worth telling. */
function definedHere(program: ProgramText, said: string, offset: number): number | undefined {
  for (const [, name = ''] of said.matchAll(/(?<![\w$])(?:this\.|self\.|\$this->)?([A-Za-z_]\w{3,60})\s{0,4}\(/g)) {
    const defined = new RegExp(
      `^[ \\t]{0,80}(?:(?:export|default|public|private|protected|internal|static|async|override|suspend|final)\\s+){0,5}(?:(?:def|fun|func|fn|function|defp)\\s+(?:self\\.)?${name}\\b|[\\w<>[\\], ]{1,60}\\s${name}\\s*\\([^;{]{0,300}\\{)`,
      'm',
    ).exec(program.code);
    const at = defined && defined.index + defined[0].lastIndexOf(name);
    if (at !== null && program.line(at) !== program.line(offset)) return program.line(at);
  }
  return undefined;
}

interface Said {
  said: string;
  offset: number;
  line: number;
}

/** The first line of an arm that does something; what only writes a log tells less than what follows it. */
function tellingLine(program: ProgramText, { start, end }: Span): Said | undefined {
  let logged: Said | undefined;
  let at = start;
  for (let count = 0; count < MAX_LOOKED_AT && at < end; count += 1) {
    const stop = Math.min(endOfLine(program, at), end);
    const said = program.code.slice(at, stop);
    const first = said.search(/\S/);
    if (first === -1 || SAYS_NOTHING.test(said) || ANNOTATION.test(said)) {
      at = stop + 1;
      continue;
    }
    const found = { said, offset: at + first, line: program.line(at + first) };
    if (!writesLog(said)) return found;
    logged ??= found;
    const close = program.partner(at + said.indexOf('('));
    at = close === undefined ? stop + 1 : endOfLine(program, close) + 1;
  }
  return logged;
}

function endOfLine(program: ProgramText, offset: number): number {
  const found = program.code.indexOf('\n', offset);
  return found === -1 ? program.code.length : found;
}
