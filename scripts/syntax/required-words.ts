/**
 * A word that a text holds wherever a pattern matches. `anyCase`: in small and capital letters alike; its text is in small letters.
 * `starts` and `ends`: no letter, digit or underscore stands before it, or behind it.
 */
export interface Word {
  text: string;
  anyCase: boolean;
  starts: boolean;
  ends: boolean;
}

/** What a text must hold: a word, all of several needs, or one of them. */
export type Need = Word | { all: readonly Need[] } | { any: readonly Need[] };

/** What a part of a pattern can match: all its texts where they are few, else what every match needs. */
interface Part {
  texts: readonly string[] | undefined;
  need: Need | undefined;
}

/** Stands in a part's texts where no two letters, digits or underscores meet: `\b`, `(?<!\w)`. No program has this character. */
const EDGE = '\uE000';

/** What stands for a letter in either case, `[cC]`, is so far behind the small one: spelled out, a word would be a hundred. */
const EITHER_CASE = 0xe100;

const NOTHING: Part = { texts: [''], need: undefined };
const ANYTHING: Part = { texts: undefined, need: undefined };
const AT_EDGE: Part = { texts: [EDGE], need: undefined };
/** The shortest word that is worth looking for. */
const MIN_WORD = 3;
/** The most texts that are put together from parts in a row, and the most of an alternation. */
const MAX_PRODUCT = 128;
const MAX_TEXTS = 4000;
/** The most characters of a class that are told apart. */
const MAX_CLASS = 6;
/** The most needs of parts in a row that are kept, the rarest. */
const MAX_ALL = 2;

/**
 * What every text needs that a pattern matches; `undefined` where the pattern tells nothing. A word has no white space, so that it also
 * stands in the text when a view of the text is matched whose comments or strings are blank.
 */
export function requiredWords(source: string, flags: string): Need | undefined {
  // With both flags letters beyond ASCII match ASCII ones.
  if (flags.includes('v') || (flags.includes('i') && flags.includes('u'))) return undefined;
  const parser = new Parser(source, flags.includes('i'));
  const part = parser.alternatives();
  return parser.atEnd ? parser.needOf(part) : undefined;
}

/** The words that a need speaks of. */
export function wordsIn(need: Need): Word[] {
  if ('text' in need) return [need];
  return ('all' in need ? need.all : need.any).flatMap(wordsIn);
}

/** Reads a pattern's source once, from left to right. It never fails on a pattern that compiles; what it does not know can be anything. */
class Parser {
  readonly #source: string;
  readonly #anyCase: boolean;
  #at = 0;

  constructor(source: string, anyCase: boolean) {
    this.#source = source;
    this.#anyCase = anyCase;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(): Part {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    const [first = NOTHING] = parts;
    if (parts.length === 1) return first;
    const texts = parts.flatMap((part) => part.texts ?? []);
    if (parts.every((part) => part.texts !== undefined) && texts.length <= MAX_TEXTS) return { texts, need: undefined };
    return { texts: undefined, need: anyOf(parts.map((part) => this.needOf(part))) };
  }

  #sequence(): Part {
    let run: readonly string[] = [''];
    let isWhole = true;
    const needs: (Need | undefined)[] = [];
    while (!this.atEnd && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const { part, around } = this.#item();
      if (around) {
        needs.push(this.needOf(part));
        continue;
      }
      const { texts } = part;
      if (texts && (run.length === 1 || texts.length === 1 || run.length * texts.length <= MAX_PRODUCT)) {
        run = run.length === 1 && run[0] === '' ? texts : run.flatMap((head) => texts.map((tail) => head + tail));
        continue;
      }
      isWhole = false;
      needs.push(this.#needOfTexts(run), texts ? undefined : part.need);
      run = texts ?? [''];
    }
    if (isWhole) return { texts: run, need: allOf(needs) };
    return { texts: undefined, need: allOf([...needs, this.#needOfTexts(run)]) };
  }

  /** One atom with its quantifier. `around`: it looks at its surroundings and takes no room. */
  #item(): { part: Part; around?: true } {
    const char = this.#source[this.#at] ?? '';
    if (char === '^' || char === '$') {
      this.#at += 1;
      return { part: NOTHING };
    }
    if (char === '(') return this.#group();
    if (char === '[') return { part: this.#quantified(this.#charClass()) };
    if (char === '\\') {
      if (/[bB]/.test(this.#source[this.#at + 1] ?? '')) {
        this.#at += 2;
        return { part: this.#source[this.#at - 1] === 'b' ? AT_EDGE : NOTHING };
      }
      return { part: this.#quantified(this.#escape()) };
    }
    this.#at += 1;
    return { part: this.#quantified(char === '.' ? ANYTHING : textPart(char)) };
  }

  #group(): { part: Part; around?: true } {
    const head = /\((?:\?(?:<?[=!]|:|<[^>]*>))?/y;
    head.lastIndex = this.#at;
    const kind = head.exec(this.#source)?.[0] ?? '(';
    this.#at += kind.length;
    const start = this.#at;
    const part = this.alternatives();
    const inside = this.#source.slice(start, this.#at);
    this.#at += 1;
    if (kind.endsWith('=') || kind.endsWith('!')) {
      if (this.#quantified(part) !== part) return { part: NOTHING };
      if (kind.endsWith('=')) return { part, around: true };
      return { part: NO_WORD.test(inside) ? AT_EDGE : NOTHING };
    }
    return { part: this.#quantified(part) };
  }

  #escape(): Part {
    const found = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|k<[^>]*>|[pP]\{[^}]*\}|c[A-Za-z]|\d+|([\s\S]))/y;
    found.lastIndex = this.#at;
    const [whole = '\\', byte, unit, char] = found.exec(this.#source) ?? [];
    this.#at += whole.length;
    const code = byte ?? unit;
    if (code !== undefined) return textPart(String.fromCharCode(Number.parseInt(code, 16)));
    if (char === undefined || /[dDwWsS]/.test(char)) return ANYTHING;
    if (/[nrtvfu]/.test(char)) return char === 'u' ? ANYTHING : textPart(' ');
    return textPart(char);
  }

  #charClass(): Part {
    const end = classEnd(this.#source, this.#at);
    const inside = this.#source.slice(this.#at + 1, end);
    this.#at = end + 1;
    if (inside.startsWith('^') || /\\[^.[\]\-/$*+?(){}|^\\]/.test(inside) || /(?!^)(?<!\\)-(?!$)/.test(inside))
      return ANYTHING;
    const chars = [...inside.replace(/\\([\s\S])/g, '$1')];
    const [first = '', second = ''] = chars;
    if (chars.length === 2 && first !== second && first.toLowerCase() === second.toLowerCase() && /[a-z]/i.test(first))
      return textPart(String.fromCharCode(EITHER_CASE + first.toLowerCase().charCodeAt(0)));
    return chars.length > 0 && chars.length <= MAX_CLASS ? { texts: chars, need: undefined } : ANYTHING;
  }

  #quantified(part: Part): Part {
    const found = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
    found.lastIndex = this.#at;
    const [whole, least, comma, most] = found.exec(this.#source) ?? [];
    if (whole === undefined) return part;
    this.#at += whole.length;
    const [sign] = whole;
    const min = sign === '+' ? 1 : least === undefined ? 0 : Number(least);
    const max =
      sign === '?' ? 1 : least === undefined || (comma && !most) ? Number.POSITIVE_INFINITY : Number(most || least);
    if (min === 1 && max === 1) return part;
    if (min === 0) {
      const isShort = max === 1 && part.texts !== undefined && part.texts.length < MAX_PRODUCT;
      return isShort ? { texts: ['', ...(part.texts ?? [])], need: undefined } : ANYTHING;
    }
    return { texts: undefined, need: this.needOf(part) };
  }

  needOf({ texts, need }: Part): Need | undefined {
    return texts ? allOf([need, this.#needOfTexts(texts)]) : need;
  }

  #needOfTexts(texts: readonly string[]): Need | undefined {
    return anyOf(texts.map((text) => allOf(wordsOf(text, this.#anyCase))));
  }
}

/** A class that all letters, digits and underscores are of. */
const NO_WORD = /^(?:\\w|\[(?!\^)(?:[^\]\\]|\\.)*\\w(?:[^\]\\]|\\.)*\])$/;

function textPart(char: string): Part {
  return { texts: [char], need: undefined };
}

/** Where a class ends that begins at an offset. */
function classEnd(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}

/** The stretches of a text that are ASCII and no white space, beside which a word ends. */
function wordsOf(text: string, anyCase: boolean): Word[] {
  return text
    .replace(/\s+/g, `${EDGE} ${EDGE}`)
    .split(NO_TEXT)
    .flatMap((stretch) => {
      const pieces = stretch.replace(IDLE_EDGE, '').split(EDGE);
      return pieces.flatMap((piece, index) => {
        if (piece.length < MIN_WORD) return [];
        const plain = piece.replace(IN_EITHER_CASE, (char) => String.fromCharCode(char.charCodeAt(0) - EITHER_CASE));
        const isAnyCase = anyCase || plain !== piece;
        const starts = index > 0 && WORD.test(plain.charAt(0));
        const ends = index < pieces.length - 1 && WORD.test(plain.charAt(plain.length - 1));
        return [{ text: isAnyCase ? plain.toLowerCase() : plain, anyCase: isAnyCase, starts, ends }];
      });
    });
}

const IN_EITHER_CASE = /[\ue161-\ue17a]/g;
const NO_TEXT = new RegExp(`[^\\x21-\\x7e\\ue161-\\ue17a${EDGE}]+`);
const WORD = /\w/;
/** An edge beside a character that is of no word tells nothing. */
const IDLE_EDGE = new RegExp(
  `(?<=[^\\w\\ue161-\\ue17a${EDGE}])${EDGE}+(?!$)|(?<!^)${EDGE}+(?=[^\\w\\ue161-\\ue17a${EDGE}])`,
  'g',
);

/** Each of some needs that is known, the rarest of them: a further one that most files meet anyway is not worth looking for. */
function allOf(needs: readonly (Need | undefined)[]): Need | undefined {
  const [first, ...more] = needs
    .flatMap((need) => (need === undefined ? [] : 'all' in need ? need.all : [need]))
    .map((need) => ({ need, share: shareOf(need) }))
    .sort((a, b) => a.share - b.share);
  if (first === undefined) return undefined;
  const telling = more.filter(({ share }) => share < TELLING).slice(0, MAX_ALL - 1);
  return telling.length === 0 ? first.need : { all: [first, ...telling].map(({ need }) => need) };
}

/** One of some needs; nothing is known where nothing is known of one of them. */
export function anyOf(needs: readonly (Need | undefined)[]): Need | undefined {
  const flat: Need[] = [];
  const words = new Set<string>();
  for (const need of needs) {
    if (need === undefined) return undefined;
    for (const each of 'any' in need ? need.any : [need]) {
      const key = 'text' in each ? keyOf(each) : undefined;
      if (key === undefined || !words.has(key)) flat.push(each);
      if (key !== undefined) words.add(key);
    }
  }
  const [first] = flat;
  return flat.length === 1 ? first : { any: flat };
}

/** Equal for equal words. */
export function keyOf({ text, anyCase, starts, ends }: Word): string {
  return `${anyCase ? 'i' : ''}${starts ? '<' : ''}${ends ? '>' : ''} ${text}`;
}

/** What a need's share of all text is at most, for it to be looked for beside another. */
const TELLING = 1e-4;
/** Words of which nearly every program has some. */
const COMMON = new Set([
  'import',
  'require',
  'from',
  'class',
  'return',
  'function',
  'const',
  'self.',
  'this.',
  'public',
]);

function shareOf(need: Need): number {
  if ('text' in need) {
    return COMMON.has(need.text) ? 0.01 : frequency(need.text) * (need.starts ? 0.4 : 1) * (need.ends ? 0.4 : 1);
  }
  if ('all' in need) return Math.min(...need.all.map(shareOf));
  return need.any.reduce((sum, each) => sum + shareOf(each), 0);
}

/** How often characters stand in program text, roughly: only good for telling the rarer of two words. */
export function frequency(word: string): number {
  let product = 1;
  for (let at = 0; at < word.length; at += 1) product *= FREQUENCY[word.charCodeAt(at)] ?? 0.001;
  return product;
}

const FREQUENCY = Float64Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  const rank = 'etaonirslcdupmfhgb.yvw_xk(),jq"\'=:z'.indexOf(char);
  if (rank !== -1) return 0.09 - rank * 0.0024;
  return /[A-Z]/.test(char) ? 0.008 : 0.006;
});
