import launchers from '../../resources/launchers.json' with { type: 'json' };
import { codeSpans, type MarkdownLine } from '../syntax/markdown.ts';

/** A command that a skill tells somebody to run. */
export interface Command {
  /** From 1. */
  line: number;
  /** Without prefixes such as `sudo` and settings such as `NODE_ENV=test`. */
  words: string[];
  /** The folder that a `cd` before it leads to, as written; `.` where there is none. */
  folder: string;
}

const shells = new Set(launchers.shellLanguages);
const prefixes = new Set(launchers.prefixes);
const launching = new Set([
  ...Object.keys(launchers.packageManagers),
  ...launchers.packageRunners,
  ...Object.keys(launchers.interpreters),
  ...Object.keys(launchers.taskFiles),
  'docker',
  'docker-compose',
]);

/** The commands of shell fences, and those of code spans that start with a launcher (`npm run x`) or a script (`./x`). */
export function commandsOf(lines: readonly MarkdownLine[]): Command[] {
  const commands: Command[] = [];
  let continued: { line: number; text: string } | null = null;
  let folder = '.';
  for (const { number, text, fence, fenceMark } of lines) {
    if (fence === null) {
      for (const { code } of codeSpans(text)) {
        if (isCommand(code)) commands.push(...split(code, number, '.').commands);
      }
    }
    if (fence === null || fenceMark) {
      continued = null;
      folder = '.';
      continue;
    }
    if (!shells.has(fence)) continue;
    const shown = text.trim().replace(/^[$>%]\s+/, '');
    const whole: { line: number; text: string } = continued
      ? { line: continued.line, text: `${continued.text} ${shown}` }
      : { line: number, text: shown };
    if (whole.text.endsWith('\\')) {
      continued = { line: whole.line, text: whole.text.slice(0, -1).trimEnd() };
      continue;
    }
    continued = null;
    const found = split(whole.text, whole.line, folder);
    folder = found.folder;
    commands.push(...found.commands);
  }
  return commands;
}

/** A word alone (`make`, `node`) names a program; with another word after it, or as a path, it is something to run. */
function isCommand(code: string): boolean {
  const [first = '', second] = code.replace(/^(?:[A-Z_][A-Z0-9_]*=\S*\s+)+/, '').split(/\s+/);
  return /^\.\/\S/.test(first) || (second !== undefined && (launching.has(first) || first === 'cd'));
}

function split(text: string, line: number, start: string): { commands: Command[]; folder: string } {
  const parts: string[][] = [[]];
  for (const [token] of text.matchAll(/&&|\|\||[;|&]|(?:[^\s"';|&]|"[^"]*"|'[^']*')+/g)) {
    if (token.startsWith('#')) break;
    if (/^(?:&&|\|\||[;|&])$/.test(token)) parts.push([]);
    else parts.at(-1)?.push(token.replace(/^(["'])(.*)\1$/, '$2'));
  }
  let folder = start;
  const commands: Command[] = [];
  for (const part of parts) {
    const begins = part.findIndex((word) => !prefixes.has(word) && !/^[A-Za-z_]\w*=/.test(word));
    if (begins === -1) continue;
    const words = part.slice(begins);
    if (words[0] === 'cd') folder = words[1] ?? '.';
    else commands.push({ line, words, folder });
  }
  return { commands, folder };
}
