import type { LanguageName } from './languages.ts';
import { frequency, type Word } from './required-words.ts';
import { CONSTANT_FORM, KEY_NAME_FORM, registered } from './sought.ts';
import { type NumberedNeed, type SoughtWords, soughtWords } from './sought-words.ts';

/** Letters of either case are one, digits are one, white space and what is not ASCII is 0: fewer than 64 kinds. */
const CODES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (/[A-Za-z]/.test(char)) return (byte | 32) - 96;
  if (/[0-9]/.test(char)) return 27;
  const mark = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'.indexOf(char);
  return mark === -1 ? 0 : 28 + mark;
});
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte | 32 : byte));
/** What a byte is in a name: a capital, another letter, a digit or underscore; 0 for none. */
const CAPITAL = 1;
const SMALL = 2;
const NEUTRAL = 3;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (/[A-Z]/.test(char)) return CAPITAL;
  if (/[a-z$]/.test(char)) return SMALL;
  return /[0-9_]/.test(char) ? NEUTRAL : 0;
});

/** Both of a byte in one look. */
const TOLD = Uint16Array.from(
  { length: 256 },
  (_, byte) => (CODES[byte] ?? 0) | (((KINDS[byte] ?? 0) && 1 << (KINDS[byte] ?? 0)) << 6),
);

const DOLLAR = 36;
const GRAM = 4;
const GRAM_MASK = 0xffffff;
/** A stretch and what stands before it. */
const LONGER_MASK = 0x3fffffff;
const SHORT_MASK = 0x3ffff;
const SEED = 0x811c9dc5 | 0;
const SLOTS = 8192;
/** The last bucket of short words: what comes later shares it. */
const MAX_SHORT = 255;

/** The number of a name, equal for equal names. */
export function hashOf(name: string): number {
  let hash = SEED;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Finds all words of all sought patterns in the bytes of a file, and the names in it, in one pass. */
export class WordScan {
  /** The numbers of the sought patterns whose words the last file holds. */
  readonly found: number[] = [];
  /** The hashes of the names in the last file, each once or seldom twice; `nameCount` of them count. */
  names = new Uint32Array(4096);
  nameCount = 0;

  /** How many patterns are known: those that came later may match anywhere. */
  readonly known = registered.length;
  /** Patterns that no word tells of. */
  readonly wordless: ReadonlySet<number>;

  /** The number of the bucket for a stretch's slot; 0 for none. */
  readonly #long = new Uint16Array(1 << 16);
  readonly #short = new Uint8Array(SHORT_MASK + 1);
  /** Needles that are looked for by the same stretch, or by one with the same slot. */
  readonly #buckets: Needle[][] = [[]];
  /** The kinds of character, a bit each, that may stand before the stretches of each bucket: two numbers a bucket. Most places end here. */
  readonly #before: Uint32Array;
  /** The last file in which all of a bucket were found. */
  readonly #done: Uint32Array;
  readonly #marked: Uint32Array;
  readonly #slots = new Uint32Array(SLOTS);
  readonly #stamps = new Uint32Array(SLOTS);
  /** The one language of each pattern that has one. */
  readonly #languages: readonly (LanguageName | undefined)[] = registered.map(({ language }) => language);
  #language: LanguageName | undefined;
  #file = 0;
  /** What a pattern wants that one word does not settle. */
  readonly #wanted: (Wanted | undefined)[] = [];
  /** Those of them that a word of the file was found of. */
  readonly #open: number[] = [];

  /** `languages`: those that the files are in. */
  constructor(languages: ReadonlySet<LanguageName>) {
    const wordless = new Set<number>();
    const { words, needs } = soughtWords();
    const needles: (Needle | undefined)[] = words.map(() => undefined);
    const uses = new Map<number, number>();
    for (const [id, { key, language }] of registered.entries()) {
      if (language !== undefined && !languages.has(language)) continue;
      const need = needs[key];
      if (need === undefined) {
        wordless.add(id);
        continue;
      }
      const needleOf = (number: number): Needle => {
        const word = words[number];
        const needle = needles[number] ?? makeNeedle(word ?? NO_WORD, uses);
        needles[number] = needle;
        if (needle.of.at(-1) !== id) needle.of.push(id);
        return needle;
      };
      const wanted = wantedBy(need, needleOf);
      // That one of some words stands in a file is known as soon as it is found.
      if (!isOneWord(wanted)) this.#wanted[id] = wanted;
    }
    // Short ones come first: there are few, and their buckets' numbers fit a byte.
    const sought = needles.filter((needle) => needle !== undefined);
    for (const needle of sought.sort((a, b) => a.bytes.length - b.bytes.length)) {
      const isShort = needle.bytes.length < GRAM;
      const table = isShort ? this.#short : this.#long;
      const slot = isShort ? needle.gram : slotOf(needle.gram);
      if (table[slot] === 0) table[slot] = isShort ? Math.min(this.#buckets.length, MAX_SHORT) : this.#buckets.length;
      const number = table[slot] ?? 0;
      const own = this.#buckets[number] ?? [];
      own.push(needle);
      this.#buckets[number] = own;
    }
    this.wordless = wordless;
    this.#done = new Uint32Array(this.#buckets.length);
    this.#before = new Uint32Array(2 * this.#buckets.length);
    for (const [number, needlesOfBucket] of this.#buckets.entries()) {
      for (const code of needlesOfBucket.flatMap(codesBefore)) {
        const half = 2 * number + (code >> 5);
        this.#before[half] = (this.#before[half] ?? 0) | (1 << (code & 31));
      }
    }
    this.#marked = new Uint32Array(this.known);
  }

  /** Looks at the first `length` bytes of a file in a language; patterns of other languages are not told. */
  scan(bytes: Uint8Array, length: number, language?: LanguageName): void {
    this.#language = language;
    this.#file += 1;
    this.found.length = 0;
    this.#open.length = 0;
    this.nameCount = 0;
    const long = this.#long;
    const short = this.#short;
    const done = this.#done;
    const before = this.#before;
    const file = this.#file;
    const told = TOLD;
    let gram = 0;
    let hash = SEED;
    let kinds = 0;
    let start = 0;
    for (let at = 0; at < length; at += 1) {
      const byte = bytes[at] as number;
      const known = told[byte] as number;
      gram = ((gram << 6) | (known & 63)) & LONGER_MASK;
      const inLong = long[Math.imul(gram & GRAM_MASK, 0x9e3779b1) >>> 16] as number;
      if (inLong !== 0 && done[inLong] !== file && mayFollow(before, inLong, gram >>> 24))
        this.#look(inLong, bytes, at, length);
      const inShort = short[gram & SHORT_MASK] as number;
      if (inShort !== 0 && done[inShort] !== file && mayFollow(before, inShort, (gram >>> 18) & 63))
        this.#look(inShort, bytes, at, length);
      if (known > 63) {
        if (kinds === 0) start = at;
        hash = Math.imul(hash ^ byte, 0x01000193);
        kinds |= known >> 6;
      } else if (kinds !== 0) {
        this.#name(hash, kinds, bytes, start, at, length);
        hash = SEED;
        kinds = 0;
      }
    }
    if (kinds !== 0) this.#name(hash, kinds, bytes, start, length, length);
    for (const id of this.#open) if (this.#isMet(this.#wanted[id])) this.found.push(id);
  }

  #isMet(wanted: Wanted | undefined): boolean {
    if (wanted === undefined) return true;
    if ('all' in wanted) return wanted.all.every((each) => this.#isMet(each));
    if ('any' in wanted) return wanted.any.some((each) => this.#isMet(each));
    return wanted.file === this.#file;
  }

  #look(bucket: number, bytes: Uint8Array, at: number, length: number): void {
    const needles = this.#buckets[bucket] as Needle[];
    let left = 0;
    for (let index = 0; index < needles.length; index += 1) {
      const needle = needles[index] as Needle;
      if (needle.file === this.#file) continue;
      const start = at - needle.end;
      if (start < 0 || start + needle.bytes.length > length || !stands(needle, bytes, start, length)) {
        left += 1;
        continue;
      }
      needle.file = this.#file;
      for (const id of needle.of) this.#mark(id);
    }
    if (left === 0) this.#done[bucket] = this.#file;
  }

  #mark(id: number): void {
    if (this.#marked[id] === this.#file) return;
    this.#marked[id] = this.#file;
    const wanted = this.#languages[id];
    if (wanted !== undefined && wanted !== this.#language) return;
    if (this.#wanted[id] === undefined) this.found.push(id);
    else this.#open.push(id);
  }

  /** A name, and each stretch of capitals, digits and underscores in it that is longer than two: a key may stand within a word. */
  #name(hash: number, kinds: number, bytes: Uint8Array, start: number, end: number, length: number): void {
    this.#add(hash >>> 0);
    if ((kinds & (1 << CAPITAL)) === 0) return;
    if ((kinds & (1 << SMALL)) === 0 && KINDS[bytes[start] ?? 0] === CAPITAL) {
      if (isAssigned(bytes, end, length)) this.#mark(CONSTANT_FORM.id);
      if (isGiven(bytes, start, end)) this.#mark(KEY_NAME_FORM.id);
      return;
    }
    for (let at = start; at < end; at += 1) {
      if (KINDS[bytes[at] ?? 0] !== CAPITAL) continue;
      const from = at;
      let own = SEED;
      for (; at < end && KINDS[bytes[at] ?? 0] !== SMALL; at += 1) own = Math.imul(own ^ (bytes[at] ?? 0), 0x01000193);
      if (at - from > 2) this.#add(own >>> 0);
    }
  }

  #add(hash: number): void {
    const slot = hash & (SLOTS - 1);
    if (this.#stamps[slot] === this.#file && this.#slots[slot] === hash) return;
    this.#stamps[slot] = this.#file;
    this.#slots[slot] = hash;
    if (this.nameCount === this.names.length) {
      const more = new Uint32Array(this.names.length * 2);
      more.set(this.names);
      this.names = more;
    }
    this.names[this.nameCount] = hash;
    this.nameCount += 1;
  }
}

let latest: { key: string; words: SoughtWords; scan: WordScan } | undefined;

/** A scan for files in some languages; the one before, where it is for the same: to make one takes as long as to read some files. */
export function scanFor(languages: ReadonlySet<LanguageName>): WordScan {
  const key = [...languages].sort().join();
  const words = soughtWords();
  if (latest?.key !== key || latest.words !== words) latest = { key, words, scan: new WordScan(languages) };
  return latest.scan;
}

/** A word with the stretch of it that it is looked for by. */
interface Needle {
  /** Small letters where any case counts. */
  bytes: Uint8Array;
  anyCase: boolean;
  starts: boolean;
  ends: boolean;
  gram: number;
  /** How far behind the word's start the last byte of the stretch is. */
  end: number;
  /** The patterns that it tells of. */
  of: number[];
  /** The last file that holds it. */
  file: number;
}

const NO_WORD: Word = { text: '', anyCase: false, starts: false, ends: false };

/** The stretch that a needle is looked for by is the rarest in its word, as long as not many others are looked for by the same. `uses`: how many. */
function makeNeedle({ text, anyCase, starts, ends }: Word, uses: Map<number, number>): Needle {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const size = Math.min(GRAM, bytes.length);
  // A stretch is found in either case.
  const folded = text.toLowerCase();
  let best = { share: Number.POSITIVE_INFINITY, gram: 0, end: 0 };
  let gram = 0;
  for (let end = 0; end < bytes.length; end += 1) {
    gram = ((gram << 6) | (CODES[bytes[end] ?? 0] ?? 0)) & GRAM_MASK;
    if (end < size - 1) continue;
    const isFirst = end === size - 1 && !starts;
    const share = frequency(folded.slice(end + 1 - size, end + 1)) * (1 + (uses.get(gram) ?? 0)) * (isFirst ? 20 : 1);
    if (share < best.share) best = { share, gram, end };
  }
  uses.set(best.gram, (uses.get(best.gram) ?? 0) + 1);
  return { bytes, anyCase, starts, ends, gram: best.gram, end: best.end, of: [], file: 0 };
}

const BLANK = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 32 || byte === 9 ? 1 : 0));
const EQUALS = 61;
/** What the literal of a constant begins with. */
const LITERAL = Uint8Array.from({ length: 256 }, (_, byte) => (/["'\d\-tfTF]/.test(String.fromCharCode(byte)) ? 1 : 0));
/** What a type begins with that stands between a name and its value. */
const TYPE = Uint8Array.from({ length: 256 }, (_, byte) => (/[:s]/.test(String.fromCharCode(byte)) ? 1 : 0));

/** Whether a name that ends there is given a literal, as far as the first byte tells. */
function isAssigned(bytes: Uint8Array, end: number, length: number): boolean {
  let at = end;
  while (at < length && BLANK[bytes[at] ?? 0] === 1) at += 1;
  if (at >= length) return false;
  if (bytes[at] !== EQUALS) return TYPE[bytes[at] ?? 0] === 1;
  at += 1;
  while (at < length && BLANK[bytes[at] ?? 0] === 1) at += 1;
  return at < length && LITERAL[bytes[at] ?? 0] === 1;
}

/** Whether a name stands in quotes behind an equals sign. */
function isGiven(bytes: Uint8Array, start: number, end: number): boolean {
  const quote = bytes[start - 1];
  if ((quote !== 34 && quote !== 39) || bytes[end] !== quote) return false;
  let at = start - 2;
  while (at >= 0 && BLANK[bytes[at] ?? 0] === 1) at -= 1;
  return bytes[at] === EQUALS;
}

const ALL_CODES = Array.from({ length: 64 }, (_, code) => code);
/** What a word may start behind: all but letters and digits, and the letters that an escape ends with. */
const CODES_OUTSIDE = [
  ...new Set(
    Array.from({ length: 256 }, (_, byte) => byte)
      .filter((byte) => !isOfWord(byte))
      .map((byte) => CODES[byte] ?? 0),
  ),
  ...[...'nrtbfv0'].map((char) => CODES[char.charCodeAt(0)] ?? 0),
];

/** The kinds of character that may stand before the stretch of a needle. */
function codesBefore({ bytes, end, starts }: Needle): readonly number[] {
  const first = end + 1 - Math.min(GRAM, bytes.length);
  if (first > 0) return [CODES[bytes[first - 1] ?? 0] ?? 0];
  return starts ? CODES_OUTSIDE : ALL_CODES;
}

function mayFollow(before: Uint32Array, bucket: number, code: number): boolean {
  return (((before[2 * bucket + (code >> 5)] as number) >>> (code & 31)) & 1) === 1;
}

function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 16;
}

function stands(
  { bytes: own, anyCase, starts, ends }: Needle,
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean {
  for (let at = 0; at < own.length; at += 1) {
    const byte = bytes[start + at] ?? 0;
    if (own[at] !== (anyCase ? LOWER[byte] : byte)) return false;
  }
  if (starts && start > 0 && isOfWord(bytes[start - 1] ?? 0) && !isEscaped(bytes, start - 1)) return false;
  const end = start + own.length;
  return !ends || end >= length || !isOfWord(bytes[end] ?? 0);
}

function isOfWord(byte: number): boolean {
  return KINDS[byte] !== 0 && byte !== DOLLAR;
}

const BACKSLASH = 92;

/** Whether a letter is the end of an escape: what reads a string sees the line break of `"\nheroku"`, and no letter. */
function isEscaped(bytes: Uint8Array, at: number): boolean {
  return bytes[at - 1] === BACKSLASH;
}

/** A need in terms of needles. */
type Wanted = Needle | { all: readonly Wanted[] } | { any: readonly Wanted[] };

function wantedBy(need: NumberedNeed, needleOf: (word: number) => Needle): Wanted {
  if (typeof need === 'number') return needleOf(need);
  if ('all' in need) return { all: need.all.map((each) => wantedBy(each, needleOf)) };
  return { any: need.any.map((each) => wantedBy(each, needleOf)) };
}

function isOneWord(wanted: Wanted): boolean {
  return 'any' in wanted ? wanted.any.every((each) => 'bytes' in each) : 'bytes' in wanted;
}
