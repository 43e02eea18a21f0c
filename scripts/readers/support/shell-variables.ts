import type { Access, ConfigRead } from './config-reads.ts';
import { type Branch, ENVIRONMENT_KEY } from './environment-branches.ts';
import type { Expression } from './expression.ts';
import type { ProgramText } from './source.ts';

/** What a shell, a terminal or a system sets by itself. */
const OWN =
  /^(?:BASH\w*|FUNCNAME|LINENO|PPID|E?UID|GROUPS|RANDOM|SECONDS|SRANDOM|EPOCH\w+|IFS|OPTARG|OPTIND|OPTERR|REPLY|PIPESTATUS|OSTYPE|HOSTTYPE|MACHTYPE|SHELLOPTS|SHLVL|DIRSTACK|PS[0-4]|HOME|PATH|PWD|OLDPWD|SHELL|USER|LOGNAME|HOSTNAME|TERM|COLUMNS|LINES|TMPDIR|ZSH_\w+|COMP_\w+|COMPREPLY|MAPFILE|EDITOR|XDG_\w+)$/;
/** Names that scripts by habit give to what they make themselves: colours, folders of their own. */
const HABIT =
  /^(?:RED|GREEN|YELLOW|BLUE|CYAN|MAGENTA|PURPLE|WHITE|BLACK|GR[AE]Y|BOLD|RESET|NC|NORMAL|SCRIPT|SCRIPT_DIR|SCRIPTPATH|DIR|ROOT|BASEDIR|ARGS|OPTS)$/;

/** `$X`, `${X}` and `${X:-default}`. What follows the operator is read by hand, for it may nest. */
const EXPANSION =
  /\$(?:\{(?<braced>[A-Z][A-Z0-9_]{1,119})(?<operator>:?[-=?+])?|(?<bare>[A-Z][A-Z0-9_]{1,119})(?![\w]))/g;
/** What makes a name the script's own. */
const ASSIGNED =
  /(?:^|[\s;&|({])(?:(?:export|readonly|local|declare|typeset)\s{1,4}(?:-\w{1,5}\s{1,4})?)?(?<name>[A-Z][A-Z0-9_]{1,119})\+?=|\bfor\s{1,4}(?<loop>[A-Z][A-Z0-9_]{1,119})\s|\b(?:read|mapfile|readarray|getopts\s{1,4}\S{1,40}|printf\s{1,4}-v)\s{1,4}(?:-\w{1,4}\s{1,4}){0,3}(?<input>[A-Z][A-Z0-9_ \t]{1,400})/gm;
const EXPORTED = /(?:^|[\s;&|({])export\s{1,4}(?<name>[A-Z][A-Z0-9_]{1,119})=/gm;

/** The variables that a script takes from outside, and how; what it exports to those that it starts. */
export function shellAccess(program: ProgramText): Access {
  const raw = rawStretches(program);
  const own = ownNames(program);
  const sources = /(?:^|[\s;&|])(?:source|\.)[ \t]{1,4}[^\s;&|]{1,200}/m.test(program.code.replace(/\.\.?\//g, './'));
  const asked = new Map<string, number>();
  const reads: ConfigRead[] = [];
  for (const match of program.text.matchAll(EXPANSION)) {
    const { braced, bare, operator } = match.groups ?? {};
    const key = braced ?? bare ?? '';
    const offset = match.index;
    if (OWN.test(key) || HABIT.test(key) || raw(offset) || isEscaped(program, offset)) continue;
    const first = own.get(key);
    // What the script set before is its own; `X=${X:-y}` asks for what came from outside.
    if (first !== undefined && first < offset && !isSelf(program, key, offset, first)) continue;
    const end = offset + match[0].length;
    const span = { start: offset, end };
    if (operator === undefined) {
      const assumed = !isAsked(program, offset, end);
      if (assumed && (sources || first !== undefined || !key.includes('_'))) continue;
      reads.push(assumed ? { key, span, read: 'required', assumed: true } : { key, span, read: 'optional' });
    } else if (operator.endsWith('?')) reads.push({ key, span, read: 'required' });
    else if (operator.endsWith('+')) reads.push({ key, span, read: 'optional' });
    else {
      const standIn = defaultAt(program, end);
      reads.push(
        standIn.kind === 'nothing'
          ? { key, span, read: 'optional' }
          : { key, span, read: 'defaulted', default: standIn },
      );
    }
    asked.set(key, offset);
  }
  // A key that the script gives a default to is what it was given or that default: the later uses say nothing new.
  const settled = new Map<string, number>();
  for (const read of reads)
    if (read.read !== 'optional' && !read.assumed && !settled.has(read.key)) settled.set(read.key, read.span.start);
  const kept = firstBare(
    reads.filter((read) => !read.assumed || (settled.get(read.key) ?? Number.POSITIVE_INFINITY) > read.span.start),
  );
  return { reads: kept, writes: exports(program, raw) };
}

/** A bare use is told once a file. */
function firstBare(reads: readonly ConfigRead[]): ConfigRead[] {
  const seen = new Set<string>();
  return reads.filter((read) => {
    if (!read.assumed) return true;
    if (seen.has(read.key)) return false;
    seen.add(read.key);
    return true;
  });
}

/** Names that the script itself gives a value, with where it does so first; not those that it only defaults. */
function ownNames(program: ProgramText): Map<string, number> {
  const found = new Map<string, number>();
  for (const match of program.code.matchAll(ASSIGNED)) {
    const names = match.groups?.name ?? match.groups?.loop ?? match.groups?.input ?? '';
    for (const name of names.trim().split(/\s+/)) if (!found.has(name)) found.set(name, match.index);
  }
  return found;
}

/** `X="${X:-y}"`, `X=$X`, as the first that the script does with it: the right side is what came from outside. */
function isSelf(program: ProgramText, key: string, offset: number, first: number): boolean {
  const before = program.text.slice(Math.max(0, offset - 140), offset);
  return offset - first < 140 && new RegExp(`(?:^|[\\s;&|({])${key}=["']?$`).test(before);
}

/** What stands before an offset on its line. */
function lineBefore(program: ProgramText, offset: number): string {
  const text = program.text.slice(Math.max(0, offset - 200), offset);
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** `: "${X:=y}"` and tests: `[ -n "$X" ]`, `[[ $X == y ]]`, `if $X`, `case "$X" in`. */
function isAsked(program: ProgramText, start: number, end: number): boolean {
  const line = lineBefore(program, start);
  if (/(?:\[\[?|\btest)\s[^\]]*$/.test(line) || /\bcase\s{1,4}["']?$/.test(line)) return true;
  const rest = program.text.slice(end, end + 40);
  return /\b(?:if|elif|while)\s{1,4}!?\s{0,4}["']?$/.test(line) && /^\}?["']?\s{0,4}(?:;|&&|\|\||\n)/.test(rest);
}

/** What stands between the operator and the brace that closes it. */
function defaultAt(program: ProgramText, from: number): Expression {
  let depth = 0;
  for (let at = from; at < Math.min(program.text.length, from + 400); at += 1) {
    const char = program.text[at];
    if (char === '{') depth += 1;
    else if (char === '\n') break;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === '}') {
      const text = program.text.slice(from, at).replace(/^(["'])(.*)\1$/, '$2');
      if (text === '') return { kind: 'nothing' };
      // A command whose answer is taken is told as it is written: it is no value that anybody could know.
      if (/^\$\([^()]*\)$/.test(text)) return { kind: 'literal', value: text, offset: from };
      return /[$`]/.test(text) ? { kind: 'computed', offset: from } : { kind: 'literal', value: text, offset: from };
    }
  }
  return { kind: 'computed', offset: from };
}

function isEscaped(program: ProgramText, offset: number): boolean {
  return program.text[offset - 1] === '\\' && program.text[offset - 2] !== '\\';
}

/** Whether an offset stands where a shell fills nothing in: between single quotes, or in a here-document whose mark is quoted. */
function rawStretches(program: ProgramText): (offset: number) => boolean {
  const marks = new Uint8Array(program.code.length);
  const { code, text } = program;
  let open = code.indexOf("'");
  while (open !== -1) {
    const close = code.indexOf("'", open + 1);
    const end = close === -1 ? code.length : close;
    marks.fill(1, open, end);
    open = close === -1 ? -1 : code.indexOf("'", close + 1);
  }
  for (const match of text.matchAll(
    /<<-?[ \t]{0,8}(?:["'](?<id>[A-Za-z_]\w{0,60})["']|\\(?<escaped>[A-Za-z_]\w{0,60}))/g,
  )) {
    const id = match.groups?.id ?? match.groups?.escaped ?? '';
    const start = text.indexOf('\n', match.index);
    if (start === -1 || !program.isCode(match.index)) continue;
    const stop = new RegExp(`^\\t{0,20}${id}[ \\t]*$`, 'm');
    const found = stop.exec(text.slice(start + 1, start + 200_000));
    marks.fill(1, start, found ? start + 1 + found.index : text.length);
  }
  return (offset) => marks[offset] === 1;
}

/** `export APP_ENV=test`: what the programs that the script starts get. */
function exports(program: ProgramText, raw: (offset: number) => boolean): Access['writes'] {
  return [...program.code.matchAll(EXPORTED)].flatMap((match): Access['writes'] => {
    const key = match.groups?.name ?? '';
    const from = match.index + match[0].length;
    if (OWN.test(key) || HABIT.test(key) || raw(match.index)) return [];
    const rest = program.text.slice(from, from + 320);
    const written = /^(?:"([^"\n]{0,300})"|'([^'\n]{0,300})'|([^\s;&|"'()]{0,300})(?=[\s;&|)]|$))/.exec(rest);
    const value = written?.[1] ?? written?.[2] ?? written?.[3];
    const offset = match.index + match[0].indexOf(key);
    // What a command works out is set all the same, and so is what another variable holds; `export X=$X` only hands on.
    if (
      /^"?\s{0,4}(?:\$\(|`)/.test(rest) ||
      (/^["']?\$\{?([A-Z][A-Z0-9_]*)\}?["']?(?=[\s;&|)]|$)/.exec(rest)?.[1] ?? key) !== key
    )
      return [{ key, offset, value: { kind: 'computed' as const, offset } }];
    if (value === undefined || /[$`]/.test(value)) return [];
    return [{ key, offset, value: { kind: 'literal' as const, value, offset } }];
  });
}

/** `[ "$APP_ENV" = production ]`, `[[ $APP_ENV != prod* ]]`, `case "$APP_ENV" in`. */
export function shellBranches(program: ProgramText, reads: readonly ConfigRead[]): Branch[] {
  return reads
    .filter((read) => ENVIRONMENT_KEY.test(read.key) || /^IS_(?:LOCAL|DEV|PROD|TEST)/.test(read.key))
    .flatMap(({ key, span }): Branch[] => {
      const offset = span.start;
      const line = lineBefore(program, offset);
      const close = closeOf(program, span.end);
      const rest = program.text.slice(close, close + 120);
      if (/\bcase\s{1,4}["']?$/.test(line)) return [{ key, value: 'switch', offset }];
      if (!/(?:\[\[?|\btest)\s[^\]]*$/.test(line)) return [];
      const found = /^["']?\s{1,4}(?<operator>==?|!=|=~)\s{1,4}["']?(?<name>[\w.*|^$()-]{1,60})["']?(?=[\s\]]|$)/.exec(
        rest,
      )?.groups;
      if (!found?.name || found.name.startsWith('$')) return [];
      return [{ key, value: `${found.operator === '=' ? '==' : found.operator} ${found.name}`, offset }];
    });
}

/** Past the brace that closes an expansion. */
function closeOf(program: ProgramText, end: number): number {
  if (program.text[end] === '}') return end + 1;
  if (!/[-=?+]$/.test(program.text.slice(0, end).slice(-1))) return end;
  const close = program.text.indexOf('}', end);
  return close === -1 || close - end > 100 ? end : close + 1;
}
