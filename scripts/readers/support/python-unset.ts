import type { ProgramText, Span } from './source.ts';

/** What a Python expression comes to where nobody sets the variables that it asks for. */
export interface Unset {
  /** The variables that it asks for, in order; none: it does not hang on the environment. */
  keys: string[];
  /** `undefined` where that cannot be told, or the program would stop. */
  value: Known | undefined;
}

type Known = string | number | boolean | null;

/** A value that is worked out, or not known. */
interface Result {
  known: boolean;
  value: Known;
}

const UNKNOWN: Result = { known: false, value: null };
const given = (value: Known): Result => ({ known: true, value });

/** The longest expression that is worked out, in characters. */
const MAX_LENGTH = 600;
const MAX_DEPTH = 30;
const TOKEN =
  /\s+|#[^\n]*|[rbuRBU]{0,2}(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|-?\d[\d_]*(?:\.\d+)?|[A-Za-z_][\w.]*|[=!<>]=|[^\s]/g;

/** Calls that give a variable's value: the key first, the default second or by name. */
const READS = /^(?:(?:os\.)?(?:environ\.get|getenv)|(?:config|env)(?:\.(?:str|bool|int|float|list|get))?)$/;
/** Calls that hand on what they are given, in another dress. */
const HANDS_ON = /^(?:str|cast|strtobool|distutils\.util\.strtobool)$/;

/** Works out the expression in a span as if no variable were set. */
export function unsetValue(program: ProgramText, span: Span): Unset {
  const text = program.text.slice(span.start, Math.min(span.end, span.start + MAX_LENGTH + 1));
  if (text.length > MAX_LENGTH || !/environ|getenv|config\(|env[.(]/.test(text)) return { keys: [], value: undefined };
  const parser = new Parser(text);
  const result = parser.whole();
  return { keys: parser.keys, value: result.known ? result.value : undefined };
}

class Parser {
  readonly keys: string[] = [];
  readonly #tokens: string[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = [...text.matchAll(TOKEN)].map((match) => match[0]).filter((token) => !/^(?:\s|#|\\$)/.test(token));
  }

  whole(): Result {
    const result = this.#choice();
    return this.#at < this.#tokens.length ? UNKNOWN : result;
  }

  #next(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #takes(...words: string[]): boolean {
    if (!words.every((word, index) => this.#tokens[this.#at + index] === word)) return false;
    this.#at += words.length;
    return true;
  }

  /** `a if b else c`. */
  #choice(): Result {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    const first = this.#either();
    let result = first;
    if (this.#takes('if')) {
      const asked = this.#either();
      const other = this.#takes('else') ? this.#choice() : UNKNOWN;
      result = asked.known ? (truth(asked.value) ? first : other) : UNKNOWN;
    }
    this.#depth -= 1;
    return result;
  }

  #either(): Result {
    let left = this.#both();
    while (this.#takes('or')) {
      const right = this.#both();
      left = left.known ? (truth(left.value) ? left : right) : UNKNOWN;
    }
    return left;
  }

  #both(): Result {
    let left = this.#compared();
    while (this.#takes('and')) {
      const right = this.#compared();
      left = left.known ? (truth(left.value) ? right : left) : UNKNOWN;
    }
    return left;
  }

  #compared(): Result {
    if (this.#takes('not')) {
      const asked = this.#compared();
      return asked.known ? given(!truth(asked.value)) : UNKNOWN;
    }
    const left = this.#operand();
    if (this.#takes('==') || this.#takes('is'))
      return equal(left, this.#takes('not') ? flipped : kept, this.#operand());
    if (this.#takes('!=')) return equal(left, flipped, this.#operand());
    const negated = this.#takes('not', 'in');
    if (!negated && !this.#takes('in')) return left;
    const items = this.#items();
    if (!left.known || items === undefined) return UNKNOWN;
    return given(items.includes(left.value) !== negated);
  }

  /** The literals of `["a", "b"]`. */
  #items(): Known[] | undefined {
    const closing = ({ '(': ')', '[': ']', '{': '}' } as const)[this.#next()];
    if (closing === undefined) return undefined;
    this.#at += 1;
    const items: Result[] = [];
    while (this.#next() !== '' && !this.#takes(closing)) {
      items.push(this.#choice());
      if (!this.#takes(',') && this.#next() !== closing) return undefined;
    }
    return items.every((each) => each.known) ? items.map((each) => each.value) : undefined;
  }

  #operand(): Result {
    let result = this.#plain();
    // `.lower()` and its like; anything else behind a value is not followed.
    while (this.#next() === '.' || this.#next() === '[') {
      if (!this.#takes('.')) return this.#leave();
      const method = this.#next();
      this.#at += 1;
      if (!this.#takes('(', ')')) return this.#leave();
      result = dressed(method, result);
    }
    return result;
  }

  #plain(): Result {
    const token = this.#next();
    this.#at += 1;
    const quoted = /^[rbuRBU]{0,2}(["'])([\s\S]*)\1$/.exec(token);
    if (quoted) return given(quoted[2] ?? '');
    if (/^-?\d/.test(token)) return given(Number(token.replaceAll('_', '')));
    if (token === 'True' || token === 'False') return given(token === 'True');
    if (token === 'None') return given(null);
    if (token === '(') {
      const inner = this.#choice();
      return this.#takes(')') ? inner : this.#leave();
    }
    if (!/^[A-Za-z_]/.test(token)) return this.#leave();
    if (this.#next() !== '(') return this.#next() === '[' ? this.#indexed() : UNKNOWN;
    return this.#call(token);
  }

  /** `os.environ["KEY"]`: without the key the program stops. */
  #indexed(): Result {
    const key = /^(["'])([A-Z]\w*)\1$/.exec(this.#tokens[this.#at + 1] ?? '')?.[2];
    if (key !== undefined) this.keys.push(key);
    return this.#leave();
  }

  #call(name: string): Result {
    this.#at += 1;
    const positional: Result[] = [];
    let fallback: Result | undefined;
    const key = /^(["'])([A-Z]\w*)\1$/.exec(this.#next())?.[2];
    const reads = READS.test(name) && key !== undefined;
    if (reads) this.keys.push(key);
    while (this.#next() !== '' && !this.#takes(')')) {
      const named = this.#tokens[this.#at + 1] === '=' ? this.#next() : undefined;
      if (named !== undefined) this.#at += 2;
      const value = this.#choice();
      if (named === undefined) positional.push(value);
      else if (named === 'default') fallback = value;
      if (!this.#takes(',') && this.#next() !== ')') return this.#leave();
    }
    if (reads) {
      const absent = /^(?:config|env)/.test(name) ? UNKNOWN : given(null);
      return fallback ?? positional[1] ?? absent;
    }
    const [first = UNKNOWN] = positional;
    if (HANDS_ON.test(name)) return positional.at(-1) ?? first;
    return first.known ? converted(name, first.value) : UNKNOWN;
  }

  /** Gives up: what is left is not an expression that is known here. */
  #leave(): Result {
    for (const token of this.#tokens.slice(this.#at)) {
      const key = /^(["'])([A-Z][A-Z0-9_]{2,})\1$/.exec(token)?.[2];
      if (key !== undefined) this.keys.push(key);
    }
    this.#at = this.#tokens.length;
    return UNKNOWN;
  }
}

const kept = (same: boolean): boolean => same;
const flipped = (same: boolean): boolean => !same;

function equal(left: Result, sign: (same: boolean) => boolean, right: Result): Result {
  return left.known && right.known ? given(sign(left.value === right.value)) : UNKNOWN;
}

function truth(value: Known): boolean {
  return value !== null && value !== '' && value !== 0 && value !== false;
}

function dressed(method: string, result: Result): Result {
  if (!result.known || typeof result.value !== 'string') return UNKNOWN;
  if (method === 'lower' || method === 'casefold') return given(result.value.toLowerCase());
  if (method === 'upper') return given(result.value.toUpperCase());
  return method === 'strip' ? given(result.value.trim()) : UNKNOWN;
}

function converted(name: string, value: Known): Result {
  if (name === 'bool') return given(truth(value));
  if (name === 'int' || name === 'float') {
    const number = Number(value);
    return value === null || value === '' || Number.isNaN(number) ? UNKNOWN : given(number);
  }
  // An empty list, an empty map and nothing are told as they are written.
  if (name === 'json.loads' && typeof value === 'string') return value === 'null' ? given(null) : given(value);
  return UNKNOWN;
}
