import { allOf, not, someOf, type Truth } from './known-truth.ts';

/**
 * What an expression comes to as far as it is known: a literal, an empty or some other list or object, or what is left of it where a
 * condition was decided and its arm was not.
 */
export type HclValue = { literal: string | number | boolean | null } | { isEmpty: boolean } | { left: string };

/** What a name stands for; `undefined` where that is not known. */
export type LookUp = (name: string) => HclValue | undefined;

const TOKEN =
  /("(?:[^"\\]|\\.)*"|&&|\|\||==|!=|[?:!()[\]{},]|[A-Za-z_][\w-]*(?:\.[\w*-]+|\["[\w-]*"\])*|-?\d+(?:\.\d+)?|\S)/g;
/** A longer expression decides nothing that somebody reads at one glance. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 50;
const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/**
 * Works out an expression of HCL: conditions of literals and names (`==`, `!=`, `!`, `&&`, `||`, `contains([...], x)`), and the arm of
 * `condition ? a : b` that they choose. `undefined` where it hangs on something else, or is written in a way that is not followed here.
 */
export function evaluateHcl(text: string, lookUp: LookUp): HclValue | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const parser = new Evaluator(text, lookUp);
    const value = parser.expression(0);
    return parser.isAtEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof NotFollowed) return undefined;
    throw error;
  }
}

class NotFollowed extends Error {}

class Evaluator {
  readonly #text: string;
  readonly #tokens: readonly { token: string; start: number; end: number }[];
  readonly #lookUp: LookUp;
  #at = 0;

  constructor(text: string, lookUp: LookUp) {
    this.#text = text;
    this.#tokens = [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({
      token,
      start: index,
      end: index + token.length,
    }));
    this.#lookUp = lookUp;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  expression(depth: number): HclValue | undefined {
    if (depth > MAX_DEPTH) throw new NotFollowed();
    const condition = this.#joined('||', () => this.#joined('&&', () => this.#compared(depth), allOf), someOf);
    if (!this.#takes('?')) return condition;
    const whenTrue = this.#arm(depth);
    this.#expect(':');
    const otherwise = this.#arm(depth);
    const truth = truthOf(condition);
    return truth === undefined ? undefined : truth ? whenTrue : otherwise;
  }

  #arm(depth: number): HclValue {
    const from = this.#tokens[this.#at]?.start ?? 0;
    const value = this.expression(depth + 1);
    return value ?? { left: this.#text.slice(from, this.#tokens[this.#at - 1]?.end) };
  }

  /** `a || b`, `a && b`. */
  #joined(
    operator: string,
    side: () => HclValue | undefined,
    decide: (truths: readonly Truth[]) => Truth,
  ): HclValue | undefined {
    const first = side();
    if (this.#peek() !== operator) return first;
    const truths = [truthOf(first)];
    while (this.#takes(operator)) truths.push(truthOf(side()));
    return literalOf(decide(truths));
  }

  #compared(depth: number): HclValue | undefined {
    const left = this.#single(depth);
    const operator = this.#peek();
    if (operator !== '==' && operator !== '!=') return left;
    this.#at += 1;
    const right = this.#single(depth);
    if (!left || !right || !('literal' in left) || !('literal' in right)) return undefined;
    return { literal: (left.literal === right.literal) === (operator === '==') };
  }

  #single(depth: number): HclValue | undefined {
    if (depth > MAX_DEPTH) throw new NotFollowed();
    const token = this.#next();
    if (token === '!') {
      return literalOf(not(truthOf(this.#single(depth + 1))));
    }
    if (token === '(') {
      const value = this.expression(depth + 1);
      this.#expect(')');
      return value;
    }
    if (token === '[' || token === '{') return { isEmpty: this.#skip(token) === 0 };
    if (token.startsWith('"')) return token.includes('${') ? undefined : { literal: token.slice(1, -1) };
    if (/^-?\d/.test(token)) return { literal: Number(token) };
    if (token === 'true' || token === 'false') return { literal: token === 'true' };
    if (token === 'null') return { literal: null };
    if (!/^[A-Za-z_]/.test(token)) throw new NotFollowed();
    return this.#peek() === '(' ? this.#call(token, depth) : this.#lookUp(token);
  }

  #call(name: string, depth: number): HclValue | undefined {
    this.#expect('(');
    if (name === 'toset' || name === 'tolist' || name === 'tomap') {
      const value = this.expression(depth + 1);
      this.#expect(')');
      return value;
    }
    if (name !== 'contains' || this.#peek() !== '[') {
      this.#skip('(');
      return undefined;
    }
    this.#expect('[');
    const listed: (HclValue | undefined)[] = [];
    while (!this.#takes(']')) {
      listed.push(this.expression(depth + 1));
      if (this.#peek() !== ']') this.#expect(',');
    }
    this.#expect(',');
    const asked = this.expression(depth + 1);
    this.#expect(')');
    if (!asked || !('literal' in asked)) return undefined;
    if (listed.some((each) => each && 'literal' in each && each.literal === asked.literal)) return { literal: true };
    return listed.includes(undefined) ? undefined : { literal: false };
  }

  /** Goes behind what closes a bracket; how many tokens stood in it. */
  #skip(open: string): number {
    const closing = [CLOSING.get(open)];
    const from = this.#at;
    while (closing.length > 0) {
      const token = this.#next();
      if (CLOSING.has(token)) closing.push(CLOSING.get(token));
      else if (token === closing.at(-1)) closing.pop();
    }
    return this.#at - from - 1;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.token;
  }

  #next(): string {
    const token = this.#peek();
    if (token === undefined) throw new NotFollowed();
    this.#at += 1;
    return token;
  }

  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw new NotFollowed();
  }
}

function literalOf(truth: Truth): HclValue | undefined {
  return truth === undefined ? undefined : { literal: truth };
}

function truthOf(value: HclValue | undefined): Truth {
  return value && 'literal' in value && typeof value.literal === 'boolean' ? value.literal : undefined;
}
