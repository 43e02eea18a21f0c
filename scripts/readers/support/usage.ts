import type { LanguageName } from '../../syntax/languages.ts';
import { type Expression, expressionAt, partsOf } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** What a program does when a key that it reads is absent. */
export interface Usage {
  /** `required`: nothing stands in for it. `optional`: the program asks whether it is there, or what it is. */
  read: 'required' | 'optional' | 'defaulted';
  /** Required only because nothing near it asks or stands in: an absent key may still do no harm. */
  assumed?: true;
  /** What stands in. */
  default?: Expression;
}

/** How a language writes what can follow a read. */
interface Operators {
  /** Takes the right side where the left is absent. */
  otherwise: RegExp;
  /** Compares, tests or guards. */
  asks: RegExp;
  /** The same, before the read. */
  askedBefore: RegExp;
  /** A word before a bracket that makes what is in it a condition. */
  condition: RegExp;
  /** A call that only converts: `Number(...)`. */
  converter: RegExp;
  /** Reads a member only if there is something to read it of. */
  safeMember: RegExp;
  ternary: boolean;
}

const C_LIKE_ASKS = /^(?:===?|!==?|<=?|>=?|&&|\bin\b|\binstanceof\b)/;
const OPERATORS: { [name in 'javascript' | 'python' | 'ruby']: Operators } = {
  javascript: {
    otherwise: /^(?:\?\?=?|\|\|=?)/,
    asks: C_LIKE_ASKS,
    askedBefore:
      /(?:[!=]==?|!|&&|\btypeof|\bBoolean\s{0,2}\(|\.includes\(|\bswitch\s{0,4}\(|\bif\s{0,4}\(|\bwhile\s{0,4}\()\s{0,10}\(?$/,
    condition: /\b(?:if|while)\s{0,4}$/,
    converter:
      /(?:\b(?:Number|String|parseInt|parseFloat|BigInt|JSON\.parse|Number\.parseInt|Number\.parseFloat)|[=(,:?|&\s])\s{0,2}$/,
    safeMember: /^\?\./,
    ternary: true,
  },
  python: {
    otherwise: /^or\b/,
    asks: /^(?:==|!=|<=?|>=?|and\b|if\b|is\b|in\b|not\s+in\b)/,
    askedBefore: /(?:==|!=|\bnot|\bif|\belif|\bwhile|\bassert|\bbool\s{0,2}\(|\bin)\s{0,10}\(?$/,
    condition: /\b(?:if|elif|while|not|bool)\s{0,4}$/,
    converter: /(?:\b(?:int|float|str|Decimal|Path|json\.loads|strtobool|str_to_bool)|[=(,:\s])\s{0,2}$/,
    safeMember: /^(?!)/,
    ternary: false,
  },
  ruby: {
    otherwise: /^(?:\|\|=?|or\b)/,
    asks: /^(?:==|!=|=~|!~|<=?|>=?|&&|and\b|\.(?:present|blank|nil|empty|to_s)\b\??)/,
    askedBefore: /(?:==|!=|!|\bif|\bunless|\belsif|\bwhile|\bnot)\s{0,10}\(?$/,
    condition: /\b(?:if|unless|elsif|while)\s{0,4}$/,
    converter: /(?:\b(?:Integer|Float|String|Array|JSON\.parse)|[=(,:\s])\s{0,2}$/,
    safeMember: /^&\./,
    ternary: true,
  },
};

function operatorsOf(name: LanguageName): Operators {
  return name === 'python' || name === 'ruby' ? OPERATORS[name] : OPERATORS.javascript;
}

/** Methods that answer yes or no. */
const PREDICATE =
  /^[?&]?\.(?:startsWith|endsWith|includes|match|some|every|has|startswith|endswith|isdigit|start_with\?|end_with\?|include\?|match\?)\(/;
const COMPARES = /[!=]==?|^!|\bnot\b/;
/** How far a chain of calls and brackets around a read is followed. */
const MAX_STEPS = 8;

/** What the program does with what it reads in a span, as far as the expression and what follows it tell. */
export function usageOf(program: ProgramText, read: Span): Usage {
  const found = usageInExpression(program, read);
  if (found.read === 'optional' && failsAfter(program, read)) return { read: 'required' };
  return found.assumed ? (usageOfVariable(program, read) ?? found) : found;
}

/** A condition's body that ends the program: `if (!x) throw ...`, `if not x: raise ...`, `raise ... unless x`. */
const FAILS: { [language: string]: RegExp } = {
  javascript: /^[^{};\n]{0,80}\{?[^}]{0,240}?\b(?:throw\s|process\.exit\()/,
  python: /^[^:\n]{0,80}:\s{0,40}(?:[^\n]{0,120}\n\s{0,40})?(?:raise\b|sys\.exit\(|exit\()/,
  ruby: /^[^\n]{0,80}\n\s{0,40}(?:raise|abort|exit)\b/,
};
const NEGATION = /(?:!|\bnot|\bunless)\s{0,10}\(?$/;

function failsAfter(program: ProgramText, read: Span): boolean {
  const head = before(program, read.start);
  if (program.language === 'ruby' && /\b(?:raise|abort)\b[^\n]*\bunless\s{0,4}$/.test(head)) return true;
  const rest = program.code.slice(read.end, read.end + 400);
  const negative =
    NEGATION.test(head) ||
    /^\s{0,10}(?:===?\s{0,4}(?:undefined|null|None|nil)\b|is\s+None\b|\.(?:nil|blank|empty)\?)/.test(rest);
  return negative && (FAILS[program.language]?.test(rest) ?? false);
}

/** What the program does with the variable that it puts a read into, in the lines that follow. */
function usageOfVariable(program: ProgramText, read: Span): Usage | undefined {
  const head = before(program, read.start);
  const name = /(?:^|[\s;{(.])([A-Za-z_$][\w$]*)\s{0,4}(?::\s{0,4}[\w<>|[\] ]{1,40}?)?\s{0,4}=\s{0,4}$/.exec(head)?.[1];
  if (name === undefined) return undefined;
  const following = program.code.slice(read.end, read.end + 600);
  const variable = name.replaceAll('$', '\\$');
  const test = new RegExp(
    `\\b(?:if|elif|unless|elsif)\\b${program.language === 'javascript' ? '\\s{0,4}\\([^()\\n]' : '\\s[^:\\n]'}{0,60}?(?<![\\w$.])${variable}(?![\\w$(])|(?<![\\w$.])${variable}\\s{0,4}(?:\\?\\?|\\|\\||&&|\\?(?!\\.))|\\bassert\\s{1,4}${variable}\\b`,
  ).exec(following);
  if (!test) return undefined;
  const start = read.end + test.index + test[0].lastIndexOf(name);
  const fails = test[0].startsWith('assert') || failsAfter(program, { start, end: start + name.length });
  return { read: fails ? 'required' : 'optional' };
}

function usageInExpression(program: ProgramText, read: Span): Usage {
  const operators = operatorsOf(program.language);
  const asked = operators.askedBefore.test(before(program, read.start));
  let at = read.end;
  let safe = false;
  let needed = false;
  let answered = false;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    at = skipBlanks(program, at, program.language === 'python' || program.language === 'ruby');
    const rest = program.code.slice(at, at + 40);
    if (program.language === 'javascript') {
      const assertion = /^!(?!=)|^as\s+[\w.|[\] ]{1,30}?(?=[)\],;?|&]|\s*$|\s*\n)/.exec(rest);
      if (assertion) {
        needed ||= assertion[0] === '!';
        at += assertion[0].length;
        continue;
      }
    }
    const otherwise = operators.otherwise.exec(rest);
    if (otherwise) {
      if (asked && /^(?:\|\||or)/.test(otherwise[0])) return { read: 'optional' };
      const operand = operandAt(program, at + otherwise[0].length);
      const value = expressionAt(program, operand);
      const truth =
        /^(?:\|\||or)$/.test(otherwise[0]) &&
        (answered || COMPARES.test(program.code.slice(operand.start, operand.end)));
      if (truth && value.kind === 'computed') return { read: 'optional' };
      return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
    }
    if (operators.ternary && /^\?(?![.?])/.test(rest)) return ternary(program, read, at + 1);
    if (asked || operators.asks.test(rest)) return { read: needed ? 'required' : 'optional' };
    const safeMember = operators.safeMember.exec(rest);
    const member = safeMember ?? /^\.(?=[A-Za-z_])|^\[/.exec(rest);
    if (member) {
      if (safeMember) safe = true;
      else if (!safe && program.language !== 'ruby') needed = true;
      answered ||= PREDICATE.test(program.code.slice(at, at + 24));
      at = skipMember(program, at + (member[0] === '[' ? 0 : member[0].length));
      continue;
    }
    if (/^[),]/.test(rest)) {
      const open = program.code[at] === ')' ? program.partner(at) : program.enclosing(at);
      const close = open === undefined ? undefined : program.partner(open);
      if (open === undefined || close === undefined || program.code[open] !== '(') break;
      const head = before(program, open);
      if (operators.condition.test(head)) return { read: needed ? 'required' : 'optional' };
      const first = partsOf(program, open)?.[0];
      if (!first || read.start > first.end || !operators.converter.test(head)) break;
      at = close + 1;
      continue;
    }
    break;
  }
  if (asked || safe) return { read: needed ? 'required' : 'optional' };
  if (needed) return { read: 'required' };
  return trailingCondition(program, read) ? { read: 'optional' } : { read: 'required', assumed: true };
}

/** `x if ENV['A']`: Ruby's condition after the statement, and Python's `if x and environ.get('A'):`. */
function trailingCondition(program: ProgramText, read: Span): boolean {
  if (program.language === 'javascript') {
    const open = program.enclosing(read.start);
    if (open === undefined || program.code[open] !== '(' || !/\b(?:if|while)\s{0,4}$/.test(before(program, open)))
      return false;
    return /^[\s)!]*$|^\s*(?:&&|\|\|)/.test(program.code.slice(read.end, read.end + 20).split('\n')[0] ?? '');
  }
  const head = before(program, read.start);
  return /\b(?:if|elif|unless|elsif|while)\b[^:]{0,150}\b(?:and|or|not|&&|\|\|)\s*$/.test(head);
}

/** `process.env.X ? process.env.X : 'd'`: the last part stands in where the middle reads the key. */
function ternary(program: ProgramText, read: Span, middle: number): Usage {
  const own = program.text.slice(read.start, read.end);
  let at = middle;
  const limit = Math.min(program.code.length, middle + 400);
  while (at < limit && !/[:;]/.test(program.code[at] ?? ';')) {
    const bracket = /[([{]/.test(program.code[at] ?? '') ? program.partner(at) : undefined;
    at = (bracket ?? at) + 1;
  }
  if (program.code[at] !== ':' || !program.text.slice(middle, at).includes(own)) return { read: 'optional' };
  const value = expressionAt(program, operandAt(program, at + 1));
  return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
}

/** The longest operand that is followed, in characters outside of brackets. */
const MAX_OPERAND = 1000;

/** The operand that starts at an offset: up to the next delimiter or operator of the same depth. */
export function operandAt(program: ProgramText, from: number): Span {
  const { code } = program;
  const lineEnds = program.language !== 'javascript';
  let start = from;
  while (/\s/.test(code[start] ?? '')) start += 1;
  let at = start;
  const limit = Math.min(code.length, start + MAX_OPERAND);
  while (at < limit) {
    const char = code[at] ?? '';
    if (',;)]}:'.includes(char)) break;
    if (char === '\n' && (lineEnds || !/^\s*(?:[.?:+*/|&-]|\|\||&&)/.test(code.slice(at, at + 80)))) break;
    if (lineEnds && char === ' ' && /^\s(?:if|unless|or|and|else|do)\b/.test(code.slice(at, at + 8))) break;
    if ('([{'.includes(char)) {
      const close = program.partner(at);
      if (close === undefined) break;
      at = close;
    }
    at += 1;
  }
  return { start, end: at };
}

function before(program: ProgramText, offset: number): string {
  const text = program.code.slice(Math.max(0, offset - 200), offset);
  return text.slice(text.lastIndexOf('\n') + 1);
}

function skipBlanks(program: ProgramText, from: number, sameLine: boolean): number {
  let at = from;
  while (sameLine ? /[ \t]/.test(program.code[at] ?? '') : /\s/.test(program.code[at] ?? '')) at += 1;
  return at;
}

/** Past a member's name, an index and a call's arguments. */
function skipMember(program: ProgramText, from: number): number {
  let at = from;
  while (/[A-Za-z0-9_$?!]/.test(program.code[at] ?? '')) at += 1;
  const bracket = /[([]/.test(program.code[at] ?? '') ? program.partner(at) : undefined;
  return bracket === undefined ? Math.max(at, from) : bracket + 1;
}
