import { languageOf } from '../syntax/languages.ts';
import type { FileWords, Sought } from '../syntax/sought.ts';
import { MAX_CODE_LINE } from '../syntax/without-long-lines.ts';
import { hashOf, scanFor, type WordScan } from '../syntax/word-scan.ts';
import { type FileBytes, isAtHand, textOf } from './read-file.ts';
import type { Repository } from './repository.ts';

/** The most text that is kept between the first look at a file and the second, in characters. */
const MAX_KEPT = 32_000_000;

/** How many numbers are stored in one piece: what is stored grows with what there is, and is never copied. */
const PIECE = 1 << 18;

/** Numbers of many files, stored one file behind the other. */
class Rows<Numbers extends Uint16Array | Uint32Array> {
  readonly #make: (size: number) => Numbers;
  readonly #pieces: Numbers[] = [];
  /** How much of the last piece is taken. */
  #taken = 0;
  readonly #pieceOf: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #counts: Uint32Array;

  constructor(files: number, make: (size: number) => Numbers) {
    this.#make = make;
    this.#pieceOf = new Uint32Array(files);
    this.#starts = new Uint32Array(files);
    this.#counts = new Uint32Array(files);
  }

  /** The first `count` of some numbers. A file that is left out has none. */
  add(file: number, numbers: ArrayLike<number>, count: number): void {
    if (count === 0) return;
    let piece = this.#pieces.at(-1);
    if (piece === undefined || this.#taken + count > piece.length) {
      piece = this.#make(Math.max(PIECE, count));
      this.#pieces.push(piece);
      this.#taken = 0;
    }
    for (let at = 0; at < count; at += 1) piece[this.#taken + at] = numbers[at] ?? 0;
    this.#pieceOf[file] = this.#pieces.length - 1;
    this.#starts[file] = this.#taken;
    this.#counts[file] = count;
    this.#taken += count;
  }

  count(file: number): number {
    return this.#counts[file] ?? 0;
  }

  /** Whether a question is answered yes for one of a file's numbers. */
  some(file: number, ask: (number: number) => boolean): boolean {
    const piece = this.#pieces[this.#pieceOf[file] ?? 0];
    const start = this.#starts[file] ?? 0;
    const end = start + this.count(file);
    for (let at = start; at < end; at += 1) if (ask(piece?.[at] as number)) return true;
    return false;
  }
}

/**
 * What one pass over the files tells: which sought patterns each may match, and the names in it. A text is made of a file's bytes only
 * when somebody asks for it.
 */
export class Survey {
  readonly #repository: Repository;
  readonly #paths: readonly string[];
  readonly #scan: WordScan;
  readonly #found: Rows<Uint16Array>;
  readonly #names: Rows<Uint32Array>;
  /** Why a file cannot be read. */
  readonly #reasons = new Map<number, string>();
  /** Files whose bytes spell their words in another way: anything may be in them. */
  readonly #unknown = new Set<number>();
  /** Files with a line that is too long for somebody to have written it. */
  readonly #longLines = new Set<number>();
  readonly #kept = new Map<number, string>();
  #room = MAX_KEPT;
  /** The file whose bytes are at hand. */
  #current: { file: number; bytes: FileBytes & { ok: true } } | undefined;
  /** The file whose patterns are marked: each pattern's mark is that file's number plus 1. */
  #selected = -1;
  readonly #marks: Uint32Array;

  constructor(repository: Repository, paths: readonly string[]) {
    this.#repository = repository;
    this.#paths = paths;
    const languages = paths.map(languageOf).filter((name) => name !== undefined);
    this.#scan = scanFor(new Set(languages));
    this.#found = new Rows(paths.length, (size) => new Uint16Array(size));
    this.#names = new Rows(paths.length, (size) => new Uint32Array(size));
    this.#marks = new Uint32Array(this.#scan.known);
  }

  /** Looks at a file, by its place among the paths. The reason why it cannot be read. */
  look(file: number): string | undefined {
    this.#current = undefined;
    const path = this.#paths[file] ?? '';
    const bytes = this.#repository.bytes?.(path) ?? bytesOf(this.#repository, path);
    if (!bytes.ok) {
      this.#reasons.set(file, bytes.reason);
      return bytes.reason;
    }
    this.#current = { file, bytes };
    if (bytes.encoding === 'utf16' || hasLongLine(bytes.bytes)) this.#longLines.add(file);
    if (bytes.encoding === 'utf16') {
      this.#unknown.add(file);
    } else {
      this.#scan.scan(bytes.bytes, bytes.bytes.length, languageOf(path));
      this.#found.add(file, this.#scan.found, this.#scan.found.length);
      this.#names.add(file, this.#scan.names, this.#scan.nameCount);
    }
    return undefined;
  }

  /** Why a file that was looked at cannot be read; `undefined` where it can. */
  reasonOf(file: number): string | undefined {
    return this.#reasons.get(file);
  }

  /** The text of a file that can be read. */
  text(file: number): string {
    const kept = this.#kept.get(file);
    if (kept !== undefined) return kept;
    const current = this.#current;
    const text = current?.file === file && isAtHand(current.bytes) ? textOf(current.bytes) : this.#readAgain(file);
    if (text.length <= this.#room) {
      this.#room -= text.length;
      this.#kept.set(file, text);
    }
    return text;
  }

  #readAgain(file: number): string {
    const path = this.#paths[file] ?? '';
    const bytes = this.#repository.bytes?.(path) ?? bytesOf(this.#repository, path);
    return bytes.ok ? textOf(bytes) : '';
  }

  /** Whether a line of a file may be longer than people write; `false` is certain. */
  hasLongLines(file: number): boolean {
    return this.#longLines.has(file);
  }

  /** Whether nothing that is looked for is in a file. */
  isBare(file: number): boolean {
    return this.#found.count(file) === 0 && !this.#unknown.has(file);
  }

  /** Keeps the text of a file that will be asked for again, as far as there is room. */
  keep(file: number): void {
    this.text(file);
  }

  /** Gives back the room of a file that nobody asks for again. */
  drop(file: number): void {
    this.#room += this.#kept.get(file)?.length ?? 0;
    this.#kept.delete(file);
  }

  /** What is known of a file's words. */
  wordsOf(file: number): FileWords {
    return {
      mayMatch: (sought) => this.#mayMatch(file, sought),
      mayName: (names) => this.mayHold(file, hashesOf(names)),
    };
  }

  #mayMatch(file: number, { id }: Sought): boolean {
    if (id >= this.#scan.known || this.#scan.wordless.has(id) || this.#unknown.has(file)) return true;
    if (this.#selected !== file) {
      this.#found.some(file, (each) => {
        this.#marks[each] = file + 1;
        return false;
      });
      this.#selected = file;
    }
    return this.#marks[id] === file + 1;
  }

  /** Whether one of some names, told by their hashes, may stand in a file. */
  mayHold(file: number, hashes: { has(hash: number): boolean }): boolean {
    if (this.#unknown.has(file)) return true;
    return this.#names.some(file, (hash) => hashes.has(hash));
  }
}

const NEWLINE = 10;

/** Whether a line has more bytes than a line of code has characters. */
function hasLongLine(bytes: Buffer): boolean {
  for (let start = 0; bytes.length - start > MAX_CODE_LINE; ) {
    const end = bytes.lastIndexOf(NEWLINE, start + MAX_CODE_LINE);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}

/** The bytes of a text in memory. */
function bytesOf(repository: Repository, path: string): FileBytes {
  const file = repository.read(path);
  return file.ok ? { ok: true, bytes: Buffer.from(file.text), encoding: 'utf8' } : file;
}

/** A few hashes, most others told apart by one look at a bit. */
export class Hashes {
  readonly #bits = new Uint8Array(1 << 13);
  readonly #all = new Set<number>();

  constructor(hashes: Iterable<number>) {
    for (const hash of hashes) {
      this.#all.add(hash);
      const low = hash & 0xffff;
      this.#bits[low >> 3] = (this.#bits[low >> 3] ?? 0) | (1 << (low & 7));
    }
  }

  has(hash: number): boolean {
    const low = hash & 0xffff;
    return ((this.#bits[low >> 3] ?? 0) & (1 << (low & 7))) !== 0 && this.#all.has(hash);
  }
}

const known = new WeakMap<readonly string[], Hashes>();

/** The longest word of each name: `live` of `AppEnv.live?` would do, `AppEnv` is asked for. */
function hashesOf(names: readonly string[]): Hashes {
  const hashes = known.get(names) ?? new Hashes(names.flatMap((name) => longestWord(name)).map(hashOf));
  known.set(names, hashes);
  return hashes;
}

function longestWord(name: string): string[] {
  const words = name.match(/[A-Za-z0-9_$]+/g) ?? [];
  return words.toSorted((a, b) => b.length - a.length).slice(0, 1);
}
