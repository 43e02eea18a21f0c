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
  /** A method whose first argument stands in where there is nothing. */
  memberDefault?: RegExp;
  /** A method that only asks, or turns what is absent into nothing. */
  memberAsks?: RegExp;
  /** A method or mark that fails where there is nothing. */
  memberFails?: RegExp;
  /** A call that fails where its argument is absent. */
  requiring?: RegExp;
}

const C_LIKE_ASKS = /^(?:===?|!==?|<=?|>=?|&&|\bin\b|\binstanceof\b)/;
const NEVER = /^(?!)/;
const C_LIKE_ASKED =
  /(?:[!=]==?|!|&&|\b(?:if|while|switch|when)\s{0,4}\(|\bisset\s{0,2}\(|\bempty\s{0,2}\(|["']\.(?:equals|Equals)(?:IgnoreCase)?\(|\b[iI]s[A-Z]\w{1,30}\s{0,2}\()\s{0,10}\(?$/;
const C_LIKE_CONDITION =
  /\b(?:if|while|switch|when|isset|empty|is_null|[sS]tring\.(?:IsNullOr(?:Empty|WhiteSpace)|Equals)|\w{1,40}\.(?:is(?:Not)?(?:Empty|Blank)|isNull|nonNull|hasText|hasLength))\s{0,4}$/;
const C_LIKE_CONVERTER =
  /(?:\b(?:Optional\.ofNullable|(?:Integer|Long|Boolean|Double|int|long|bool|double|decimal|Guid|TimeSpan|Enum|Uri|Convert|URI|Duration)\.[A-Z\w]\w{1,30}|new\s+\w{1,30}|listOf|intval|floatval|boolval|trim|rtrim|explode|strtolower|json_decode|filter_var)|\((?:int|bool|string|float|array)|[=(,:?|&\s])\s{0,2}$/;
const C_LIKE: Operators = {
  otherwise: NEVER,
  asks: C_LIKE_ASKS,
  askedBefore: C_LIKE_ASKED,
  condition: C_LIKE_CONDITION,
  converter: C_LIKE_CONVERTER,
  safeMember: /^\?\./,
  ternary: true,
  memberDefault: /^\.(?:orElse|orElseGet|getOrElse|ifBlank|ifEmpty|GetValueOrDefault)\b/,
  memberAsks:
    /^\??\.(?:isPresent|isEmpty|ifPresent|isNullOrBlank|isNullOrEmpty|isNotEmpty|isBlank|let|takeIf|equals|equalsIgnoreCase|Equals|orEmpty|Exists|toBoolean)\b/,
  memberFails: /^\.(?:orElseThrow)\b/,
  requiring:
    /\b(?:requireNotNull|checkNotNull|requireNonNull|requireNonBlank|notNull|hasText|ThrowIfNull(?:OrEmpty|OrWhiteSpace)?|NotNull|NullOrEmpty)\s{0,2}$/,
};
const OPERATORS: { [name in LanguageName]: Operators } = {
  java: C_LIKE,
  groovy: C_LIKE,
  kotlin: { ...C_LIKE, otherwise: /^\?:/, asks: /^(?:===?|!==?|<=?|>=?|&&|\bin\b|!in\b)/, ternary: false },
  csharp: { ...C_LIKE, otherwise: /^\?\?=?/, asks: /^(?:==|!=|<=?|>=?|&&|\bis\b)/ },
  php: { ...C_LIKE, otherwise: /^(?:\?\?=?|\?:|\|\||or\b)/, safeMember: /^\?->/ },
  go: {
    otherwise: NEVER,
    asks: /^(?:==|!=|<=?|>=?|&&)/,
    askedBefore: /(?:[!=]=|!|&&|\|\||\bif|\bswitch|\blen\s{0,2}\(|\bcli\.File\s{0,2}\()\s{0,10}\(?$/,
    condition: /\b(?:len)\s{0,4}$/,
    converter:
      /(?:\b(?:strings\.\w{1,20}|strconv\.\w{1,20}|time\.ParseDuration|url\.Parse|\[\]byte|string|int|int64)|[=(,:\s])\s{0,2}$/,
    safeMember: NEVER,
    ternary: false,
  },
  elixir: {
    otherwise: /^(?:\|\|)/,
    asks: /^(?:===?|!==?|=~|<=?|>=?|in\b|not\s+in\b|and\b|&&)/,
    askedBefore:
      /(?:[!=]==?|!|&&|\b(?:if|unless|case|not|cond|with|is_nil|and|or)\b(?:\s{1,4}\w{1,40}\s{0,4}=)?)\s{0,10}\(?$/,
    condition: /\b(?:is_nil|if|unless|case)\s{0,4}$/,
    converter: /(?:\b(?:String|Integer|Float|Jason|Base|URI)\.\w{1,30}[!?]?|[=(,:\s])\s{0,2}$/,
    safeMember: NEVER,
    ternary: false,
  },
  rust: {
    otherwise: NEVER,
    asks: /^(?:==|!=|&&)/,
    askedBefore:
      /(?:[!=]=|!|&&|\bif|\bmatch|\bwhile|\blet\s{1,4}(?:Ok|Some|Err)\s{0,2}\([^()\n]{0,60}\)\s{0,4}=|\bmatches!\s{0,2}\()\s{0,10}\(?$/,
    condition: /\b(?:matches!)\s{0,4}$/,
    converter: /^(?!)/,
    safeMember: NEVER,
    ternary: false,
    memberDefault: /^\.(?:unwrap_or|unwrap_or_else|map_or|map_or_else)\b/,
    memberAsks:
      /^\.(?:ok|is_ok|is_err|is_some|is_some_and|is_none|or|or_else|filter|unwrap_or_default|as_deref|transpose)\b/,
    memberFails: /^\.(?:unwrap|expect|expect_err|context|with_context|ok_or|ok_or_else|map_err)\b/,
  },
  shell: { ...C_LIKE, ternary: false },
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
    askedBefore:
      /(?:==|!=|(?:\bnot|\bif|\belif|\bwhile)(?:\s{1,4}\(?\w{1,40}\s{0,4}:=)?|\bassert|\bbool\s{0,2}\(|\bin)\s{0,10}\(?$/,
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

/** A function whose name says that what it is given may be absent: `int_or_none(...)`, `parseOrDefault(...)`. */
const OR_NOTHING = /(?:_or_|Or)(?:[nN]one|[nN]ull|[nN]il|[dD]efault|[uU]ndefined|[eE]mpty|[eE]lse)\w{0,20}\s{0,2}$/;

/** A project's own function that only converts, by its name: `this.toOptionalNumber(...)`, `parseList(...)`, `as_bool(...)`. */
const OWN_CONVERTER = /(?<![\w$])(?:[\w$]{1,40}\.){0,2}(?:to|as|parse|coerce)(?:[A-Z]\w{1,40}|_[a-z]\w{1,40})\s{0,2}$/;

/** Where a member of what is absent fails. */
const ABSENT_FAILS = new Set<LanguageName>(['javascript', 'python', 'java', 'kotlin', 'csharp']);
/** Where a line's end ends a statement, unless an operator stands before it. */
const LINE_ENDS = new Set<LanguageName>(['python', 'ruby', 'go', 'elixir', 'shell']);
/** Where a condition stands in brackets. */
const BRACKETED = new Set<LanguageName>(['javascript', 'java', 'kotlin', 'csharp', 'php']);
/** What stands in is the end of the program. */
const ENDS =
  /^(?:raise|throw|error\s{0,2}\(|panic!?\s{0,2}\(|abort|die\b|exit\b|halt|System\.halt|\|[^|\n]{0,20}\|\s{0,4}\{?\s{0,10}(?:panic!|std::process::exit))/;

function operatorsOf(name: LanguageName): Operators {
  return OPERATORS[name];
}

/** Methods that answer yes or no. */
const PREDICATE =
  /^[?&]?\.(?:startsWith|endsWith|includes|match|some|every|has|startswith|endswith|isdigit|start_with\?|end_with\?|include\?|match\?)\(/;
const COMPARES = /[!=]==?|^!|\bnot\b/;
/** How far a chain of calls and brackets around a read is followed. */
const MAX_STEPS = 8;

/** What the program does with what it reads in a span, as far as the expression and what follows it tell. */
export function usageOf(program: ProgramText, read: Span): Usage {
  if (program.language === 'go') {
    const known = usageInGo(program, read);
    if (known) return known;
  }
  const found = usageInExpression(program, read);
  if (found.read === 'optional' && failsAfter(program, read)) return { read: 'required' };
  return found.assumed ? (usageOfVariable(program, read) ?? found) : found;
}

const C_LIKE_FAILS =
  /^[^{};\n]{0,80}\{?[^}]{0,240}?\b(?:throw\b|System\.exit\(|Environment\.Exit\(|error\(|die\b|exit\b|abort\()/;
/** A condition's body that ends the program: `if (!x) throw ...`, `if not x: raise ...`, `raise ... unless x`. */
const FAILS: { [language: string]: RegExp } = {
  javascript: /^[^{};\n]{0,80}\{?[^}]{0,240}?\b(?:throw\s|process\.exit\()/,
  python: /^[^:\n]{0,80}:\s{0,40}(?:[^\n]{0,120}\n\s{0,40})?(?:raise\b|sys\.exit\(|exit\()/,
  ruby: /^[^\n]{0,80}\n\s{0,40}(?:raise|abort|exit)\b/,
  java: C_LIKE_FAILS,
  kotlin: C_LIKE_FAILS,
  csharp: C_LIKE_FAILS,
  php: C_LIKE_FAILS,
};
const NEGATION =
  /(?:!|\bnot|\bunless|IsNullOr(?:Empty|WhiteSpace)\s{0,2}\(|\bempty\s{0,2}\(|\bis_null\s{0,2}\()\s{0,10}\(?$/;

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
    `\\b(?:if|elif|unless|elsif|case)\\b${program.language === 'javascript' ? '\\s{0,4}\\([^()\\n]' : BRACKETED.has(program.language) ? '\\s{0,4}\\((?:[\\w.!]{1,40}\\()?[^()\\n]' : '\\s[^:\\n]'}{0,60}?(?<![\\w$.])${variable}(?![\\w$(])|(?<![\\w$.])${variable}\\s{0,4}(?:\\?\\?|\\|\\||&&|\\?(?!\\.))|\\bassert\\s{1,4}${variable}\\b`,
  ).exec(following);
  if (!test) return undefined;
  const start = read.end + test.index + test[0].lastIndexOf(name);
  const fails = test[0].startsWith('assert') || failsAfter(program, { start, end: start + name.length });
  return { read: fails ? 'required' : 'optional' };
}

function usageInExpression(program: ProgramText, read: Span): Usage {
  const operators = operatorsOf(program.language);
  let asked = operators.askedBefore.test(before(program, read.start));
  let at = read.end;
  let safe = false;
  let needed = false;
  let answered = false;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    at = skipBlanks(program, at, LINE_ENDS.has(program.language));
    const rest = program.code.slice(at, at + 40);
    if (
      (program.language === 'kotlin' && rest.startsWith('!!')) ||
      (program.language === 'csharp' && /^!(?!=)/.test(rest))
    ) {
      needed = true;
      at += program.language === 'kotlin' ? 2 : 1;
      continue;
    }
    // Rust hands an absent key up; of an `Option` in a `Result` that is not what `?` means, so what follows decides.
    if (program.language === 'rust' && rest.startsWith('?')) {
      needed = true;
      at += 1;
      continue;
    }
    const standIn = operators.memberDefault?.exec(rest);
    if (standIn) {
      const open = at + program.code.slice(at, at + 60).search(/[({]/);
      const part =
        program.code[open] === '{'
          ? { start: open + 1, end: program.partner(open) ?? open + 1 }
          : partsOf(program, open)?.[0];
      if (!part) return { read: 'optional' };
      if (ENDS.test(program.code.slice(part.start, part.start + 80).trimStart())) return { read: 'required' };
      const value = expressionAt(program, part);
      return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
    }
    if (operators.memberFails?.test(rest)) {
      // `.context("...")?` only words the failure; what comes after it decides nothing more, unless something asked before.
      if (!safe) return { read: asked && !/^\.(?:unwrap|expect)\(/.test(rest) ? 'optional' : 'required' };
      return {
        read: /^\.(?:unwrap|expect|ok_or|context|with_context|orElseThrow)/.test(rest) ? 'required' : 'optional',
      };
    }
    if (operators.memberAsks?.test(rest)) {
      safe = true;
      const member = /^\??\./.exec(rest);
      at = skipMember(program, at + (member?.[0].length ?? 1));
      if (program.code[at] === '{') at = (program.partner(at) ?? at) + 1;
      continue;
    }
    if (program.language === 'javascript') {
      const assertion = /^!(?!=)|^as\s+[\w.|[\] ]{1,30}?(?=[)\],;?|&]|\s*$|\s*\n)/.exec(rest);
      if (assertion) {
        needed ||= assertion[0] === '!';
        at += assertion[0].length;
        continue;
      }
    }
    const given = operators.ternary ? /^!==?\s{0,4}null\s{0,4}\?(?![.?])/.exec(rest) : null;
    if (given && program.language !== 'javascript') return ternary(program, read, at + given[0].length);
    const otherwise = operators.otherwise.exec(rest);
    if (otherwise) {
      if (asked && /^(?:\|\||or)/.test(otherwise[0])) return { read: 'optional' };
      const operand = operandAt(program, at + otherwise[0].length);
      if (ENDS.test(program.code.slice(operand.start, operand.start + 40))) return { read: 'required' };
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
    const piped =
      program.language === 'elixir' ? /^\|>\s{0,4}/.exec(program.code.slice(at).startsWith('|>') ? rest : '') : null;
    const member =
      safeMember ?? piped ?? (program.language === 'php' ? /^->(?=[A-Za-z_])|^\[/ : /^\.(?=[A-Za-z_])|^\[/).exec(rest);
    if (member) {
      if (safeMember) safe = true;
      else if (!safe && ABSENT_FAILS.has(program.language)) needed = true;
      answered ||= PREDICATE.test(program.code.slice(at, at + 24));
      at = skipMember(program, at + (member[0] === '[' ? 0 : member[0].length));
      continue;
    }
    if (/^[),]/.test(rest)) {
      const open = program.code[at] === ')' ? program.partner(at) : program.enclosing(at);
      const close = open === undefined ? undefined : program.partner(open);
      if (open === undefined || close === undefined || program.code[open] !== '(') break;
      const head = before(program, open);
      if (operators.requiring?.test(head)) return { read: 'required' };
      if (operators.condition.test(head) || OR_NOTHING.test(head)) return { read: needed ? 'required' : 'optional' };
      const parts = partsOf(program, open);
      const first = parts?.[0];
      if (program.language === 'go' && /\bcmp\.Or$/.test(head.trimEnd())) return lastPart(program, read, parts ?? []);
      if (!first || read.start > first.end || !(operators.converter.test(head) || OWN_CONVERTER.test(head))) break;
      asked ||= /[oO]ptional\w{0,30}\s{0,2}$/.test(head);
      if (program.language !== 'javascript' && program.language !== 'python' && program.language !== 'ruby')
        asked ||= operators.askedBefore.test(head.replace(/[\w.]{1,60}\s{0,2}$/, ''));
      at = close + 1;
      continue;
    }
    break;
  }
  if (asked || safe) return { read: needed ? 'required' : 'optional' };
  if (needed) return { read: 'required' };
  // Rust's `Result` must be asked before it gives anything.
  if (program.language === 'rust') return { read: 'optional' };
  return trailingCondition(program, read) ? { read: 'optional' } : { read: 'required', assumed: true };
}

/** `x if ENV['A']`: Ruby's condition after the statement, and Python's `if x and environ.get('A'):`. */
function trailingCondition(program: ProgramText, read: Span): boolean {
  if (BRACKETED.has(program.language)) {
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
  const lineEnds = LINE_ENDS.has(program.language);
  let start = from;
  while (/\s/.test(code[start] ?? '')) start += 1;
  let at = start;
  const limit = Math.min(code.length, start + MAX_OPERAND);
  while (at < limit) {
    const char = code[at] ?? '';
    if (char === ':' && code[at + 1] === ':' && program.language !== 'javascript') {
      at += 2;
      continue;
    }
    if (char === ':' && at === start && (program.language === 'elixir' || program.language === 'ruby')) {
      at += 1;
      continue;
    }
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

/** `cmp.Or(os.Getenv("X"), "default")`. */
function lastPart(program: ProgramText, read: Span, parts: readonly Span[]): Usage {
  const last = parts.at(-1);
  if (last && read.start >= last.start) return { read: 'optional' };
  const value = last && parts.length > 1 ? expressionAt(program, last) : undefined;
  return value && value.kind !== 'nothing' ? { read: 'defaulted', default: value } : { read: 'optional' };
}

/** A body of Go that ends the program, or hands an error up. */
const GO_FAILS =
  /\b(?:panic|os\.Exit|\w{0,30}\.?(?:Fatal|Panic)\w{0,4})\(|\breturn\b[^\n]{0,120}(?:\berr\b|\berrors\.|Errorf\(|\bErr[A-Z])/;

/** Go puts what it reads into a variable and asks that: `v := os.Getenv("X"); if v == "" { v = "default" }`. */
function usageInGo(program: ProgramText, read: Span): Usage | undefined {
  const head = before(program, read.start);
  const found = /(?:(\w+)\s*,\s*)?(\w+)\s*:?=\s*(?:[\w.]{1,30}\(\s*){0,2}$/.exec(head);
  const name = found?.[2];
  if (name === undefined) return undefined;
  const { code } = program;
  const following = code.slice(read.end, read.end + 600).split(/\n\}/)[0] ?? '';
  const asksAbsent = found?.[1]
    ? new RegExp(`(?:;|\\bif|&&)\\s*!${name}\\b[^\\n{]{0,80}\\{`).exec(following)
    : new RegExp(`\\b${name}\\s*==\\s*"\\s*"[^\\n{]{0,80}\\{|len\\(${name}\\)\\s*(?:==|<)[^\\n{]{0,40}\\{`).exec(
        following,
      );
  if (asksAbsent) {
    const open = read.end + asksAbsent.index + asksAbsent[0].length - 1;
    const close = program.partner(open) ?? open;
    const body = code.slice(open + 1, close);
    if (GO_FAILS.test(body)) return { read: 'required' };
    const value = found?.[1] ?? name;
    const assigned = new RegExp(`(?:\\b${value}\\s*=(?!=)|\\breturn\\b)\\s*`).exec(body);
    if (!assigned) return { read: 'optional' };
    const standIn = expressionAt(program, operandAt(program, open + 1 + assigned.index + assigned[0].length));
    return standIn.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: standIn };
  }
  const asks = new RegExp(
    `(?:;|\\bif|\\bswitch|&&|\\|\\|)\\s*${name}\\b|\\b${name}\\s*(?:!=|==)|\\bcase\\s+${name}\\b`,
  );
  // Who takes the second name asks by it.
  return found?.[1] || asks.test(following) ? { read: 'optional' } : undefined;
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
