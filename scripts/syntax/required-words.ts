/** A word that a text holds wherever a pattern matches. `anyCase`: in small and capital letters alike; its text is in small letters. */
export interface Word {
  text: string;
  anyCase: boolean;
}

/** What a part of a pattern can match: all its texts where they are few, else words of which every match holds one. */
interface Part {
  texts: readonly string[] | undefined;
  words: readonly string[] | undefined;
}

const NOTHING: Part = { texts: [''], words: undefined };
const ANYTHING: Part = { texts: undefined, words: undefined };
/** The shortest word that is worth looking for. */
const MIN_WORD = 3;
/** The most texts that are put together from parts in a row, and the most of an alternation. */
const MAX_PRODUCT = 128;
const MAX_TEXTS = 4000;
/** The most characters of a class that are told apart. */
const MAX_CLASS = 6;

/**
 * Words of which every text that a pattern matches holds at least one; `undefined` where the pattern tells none. A word has no white
 * space, so that it also stands in the text when a view of the text is matched whose comments or strings are blank.
 */
export function requiredWords(source: string, flags: string): Word[] | undefined {
  // With both flags letters beyond ASCII match ASCII ones.
  if (flags.includes('v') || (flags.includes('i') && flags.includes('u'))) return undefined;
  const anyCase = flags.includes('i');
  const parser = new Parser(source);
  const words = wordsOf(parser.alternatives());
  if (!words || !parser.atEnd) return undefined;
  return [...new Set(words.map((each) => (anyCase ? each.toLowerCase() : each)))].map((text) => ({ text, anyCase }));
}

/** Reads a pattern's source once, from left to right. It never fails on a pattern that compiles; what it does not know can be anything. */
class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
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
    const texts: string[] = [];
    const words: string[] = [];
    let areTexts = true;
    let areWords = true;
    for (const part of parts) {
      if (part.texts && texts.length + part.texts.length <= MAX_TEXTS) for (const each of part.texts) texts.push(each);
      else areTexts = false;
      const own = wordsOf(part);
      if (own) for (const each of own) words.push(each);
      else areWords = false;
    }
    return { texts: areTexts ? texts : undefined, words: areWords ? words : undefined };
  }

  #sequence(): Part {
    let run: readonly string[] = [''];
    let words: readonly string[] | undefined;
    let isWhole = true;
    while (!this.atEnd && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const { part, around } = this.#item();
      if (around) {
        words = better(words, wordsOf(part));
        continue;
      }
      if (part.texts && run.length * part.texts.length <= MAX_PRODUCT) {
        const { texts } = part;
        run = run.length === 1 && run[0] === '' ? texts : run.flatMap((head) => texts.map((tail) => head + tail));
        continue;
      }
      isWhole = false;
      words = better(better(words, wordsOf({ texts: run, words: undefined })), part.texts ? undefined : part.words);
      run = part.texts ?? [''];
    }
    if (isWhole) return { texts: run, words };
    return { texts: undefined, words: better(words, wordsOf({ texts: run, words: undefined })) };
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
        return { part: NOTHING };
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
    const part = this.alternatives();
    this.#at += 1;
    if (kind.endsWith('=') || kind.endsWith('!')) {
      const isSure = this.#quantified(part) === part && kind.endsWith('=');
      return isSure ? { part, around: true } : { part: NOTHING };
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
    return chars.length > 0 && chars.length <= MAX_CLASS ? { texts: chars, words: undefined } : ANYTHING;
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
      return isShort ? { texts: ['', ...(part.texts ?? [])], words: undefined } : ANYTHING;
    }
    return { texts: undefined, words: wordsOf(part) };
  }
}

function textPart(char: string): Part {
  return { texts: [char], words: undefined };
}

/** Where a class ends that begins at an offset. */
function classEnd(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}

/** Words of which every match of a part holds one: the best of what is known. */
function wordsOf({ texts, words }: Part): readonly string[] | undefined {
  if (!texts) return words;
  const own: string[] = [];
  for (const text of texts) {
    const word = rarestPiece(text);
    if (word === undefined) return words;
    own.push(word);
  }
  return better(words, own);
}

/** The longest stretches of a text that are ASCII and no white space are its pieces; the rarest stands for it. */
function rarestPiece(text: string): string | undefined {
  let best: string | undefined;
  for (const piece of text.split(/[^\x21-\x7e]+/)) {
    if (piece.length >= MIN_WORD && (best === undefined || frequency(piece) < frequency(best))) best = piece;
  }
  return best;
}

function better(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (!a || !b) return a ?? b;
  return sum(a) <= sum(b) ? a : b;
}

function sum(words: readonly string[]): number {
  let total = 0;
  for (const word of words) total += frequency(word);
  return total;
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
