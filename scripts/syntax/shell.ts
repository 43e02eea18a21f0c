/** A word of a shell command, its quotes taken off. */
export interface ShellWord {
  text: string;
  /** From 1. */
  line: number;
  /** `>`, `>>`, `<`: what redirects, and no argument. */
  operator?: true;
}

/** One simple command: what stands between `;`, `&&`, `|` and line ends. */
export interface ShellCommand {
  /** `KEY=value` before the command's name. */
  assignments: { key: string; value: string; line: number }[];
  words: ShellWord[];
  line: number;
  /** The text that `<<EOF` feeds it, and the line of its first line. */
  heredoc?: { text: string; line: number };
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;
/** Where one of these is open, blanks and quotes belong to the word. */
const BRACKETS: readonly (readonly [string, string])[] = [
  ['${{', '}}'],
  ['${', '}'],
  ['$(', ')'],
  ['`', '`'],
];

/**
 * The simple commands of a shell script, as far as plain reading goes: words, assignments and here-documents with their lines.
 * Substitutions stay in their words as written. Linear, and never throws: what is left open ends with the text.
 */
export function parseShell(text: string, firstLine = 1): ShellCommand[] {
  return new Scanner(text, firstLine).scan();
}

class Scanner {
  private readonly text: string;
  private readonly commands: ShellCommand[] = [];
  private at = 0;
  private line: number;
  private words: ShellWord[] = [];
  private word: ShellWord | undefined;
  /** The end marks of here-documents that start on the next line. */
  private marks: string[] = [];

  constructor(text: string, firstLine: number) {
    this.text = text;
    this.line = firstLine;
  }

  scan(): ShellCommand[] {
    while (this.at < this.text.length) this.step(this.text[this.at] ?? '');
    this.endCommand();
    return this.commands;
  }

  private step(char: string): void {
    if (char === '\n') this.endLine();
    else if (char === '\\') this.escape();
    else if (char === "'") this.singleQuotes();
    else if (char === '"') this.doubleQuotes();
    else if (this.bracket()) return;
    else if (char === '#' && !this.word) this.at = this.endOfLine();
    else if (char === '<' || char === '>') this.redirection(char);
    else {
      if (/\s/.test(char)) this.endWord();
      else if (/[;&|()]/.test(char)) this.endCommand();
      else this.add(char);
      this.at += 1;
    }
  }

  /** Adds text to the word, which may go over lines. */
  private add(piece: string): void {
    this.word ??= { text: '', line: this.line };
    this.word.text += piece;
    for (let found = piece.indexOf('\n'); found !== -1; found = piece.indexOf('\n', found + 1)) this.line += 1;
  }

  private endWord(): void {
    if (this.word) this.words.push(this.word);
    this.word = undefined;
  }

  private endCommand(): void {
    this.endWord();
    if (this.words.length > 0) this.commands.push(toCommand(this.words));
    this.words = [];
  }

  private endLine(): void {
    const first = this.commands.length;
    this.endCommand();
    this.at += 1;
    this.line += 1;
    for (const mark of this.marks) {
      const body = readHeredoc(this.text, this.at, mark);
      const owner = this.commands[first] ?? this.commands.at(-1);
      if (owner) owner.heredoc = { text: body.text, line: this.line };
      this.at = body.next;
      this.line += body.lines;
    }
    this.marks = [];
  }

  private endOfLine(): number {
    const found = this.text.indexOf('\n', this.at);
    return found === -1 ? this.text.length : found;
  }

  private escape(): void {
    const next = this.text[this.at + 1];
    if (next === '\n') this.line += 1;
    else if (next !== undefined && next !== '\r') this.add(next);
    this.at += 2;
  }

  private singleQuotes(): void {
    const found = this.text.indexOf("'", this.at + 1);
    const piece = this.text.slice(this.at + 1, found === -1 ? this.text.length : found);
    this.add(piece);
    this.at += piece.length + 2;
  }

  private doubleQuotes(): void {
    this.at += 1;
    this.add('');
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      if (this.text[this.at] === '\\' && /["\\$`\n]/.test(this.text[this.at + 1] ?? '')) this.escape();
      else if (!this.bracket()) {
        this.add(this.text[this.at] ?? '');
        this.at += 1;
      }
    }
    this.at += 1;
  }

  /** Copies a substitution or an expression whole; `false` where none starts. */
  private bracket(): boolean {
    const found = BRACKETS.find(([open]) => this.text.startsWith(open, this.at));
    if (!found) return false;
    const [open, close] = found;
    const from = this.at + open.length;
    const end = open === '$(' ? endOfParenthesis(this.text, from) : this.text.indexOf(close, from) + close.length;
    const next = end < from + close.length && open !== '$(' ? this.text.length : end;
    this.add(this.text.slice(this.at, next));
    this.at = next;
    return true;
  }

  private redirection(char: string): void {
    // `2>`: the number is no word.
    if (this.word && /^\d$/.test(this.word.text)) this.word = undefined;
    this.endWord();
    const operator = /^(?:<<<|<<-?|>>|>&|<&|>|<)/.exec(this.text.slice(this.at, this.at + 3))?.[0] ?? char;
    this.at += operator.length;
    if (operator !== '<<' && operator !== '<<-') {
      this.words.push({ text: operator, line: this.line, operator: true });
      return;
    }
    const found = /^\s*(["'\\]?)([\w.-]+)\1/.exec(this.text.slice(this.at, this.at + 100));
    if (!found) return;
    this.marks.push(found[2] ?? '');
    this.at += found[0].length;
  }
}

function toCommand(words: ShellWord[]): ShellCommand {
  const assignments: ShellCommand['assignments'] = [];
  const rest = [...words];
  for (let first = rest[0]; first && !first.operator; first = rest[0]) {
    const [, key, value = ''] = ASSIGNMENT.exec(first.text) ?? [];
    if (key === undefined) break;
    assignments.push({ key, value, line: first.line });
    rest.shift();
  }
  return { assignments, words: rest, line: words[0]?.line ?? 1 };
}

/** The offset behind the parenthesis that closes one opened before `from`; quotes inside are skipped. */
function endOfParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end === -1) return text.length;
      at = end;
    } else if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function readHeredoc(text: string, from: number, mark: string): { text: string; next: number; lines: number } {
  const body: string[] = [];
  let at = from;
  while (at < text.length) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const current = text.slice(at, end);
    at = Math.min(text.length, end + 1);
    if (current.trim() === mark) return { text: body.join('\n'), next: at, lines: body.length + 1 };
    body.push(current);
  }
  return { text: body.join('\n'), next: text.length, lines: body.length };
}
