import fc from 'fast-check';

/** Texts that end, open or mean something in a format. */
const FRAGMENTS: readonly string[] = [
  ...'{ } [ ] ( ) " \' ` \\ ${ $( {{ }} <% %> <!-- --> /* */ """ &a *a !!js/function => # // end EOF ~'.split(' '),
  ...['\n', '\r\n', '\r', '\t', '\u0000', '\u202e', '\u2028', '\ufeff', '- ', ': ', '= '],
  ...['<<EOF\n', '|\n', '>-\n', '---\n', '--- js\n', '<<: *a\n'],
  ...[' '.repeat(300), 'a'.repeat(3000), '['.repeat(150), '{{'.repeat(60), '("'.repeat(80)],
];

/** Names that every object has: a table that is asked for one must not answer. */
export const OF_EVERY_OBJECT: readonly string[] = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

/** Names and values that programs take for something else than a name or a value. */
const WORDS: readonly string[] = [
  ...OF_EVERY_OBJECT,
  ...'length then null true undefined NaN Infinity -0 0x 1e999 -1 . .. / - -- * ** \\ $ $& $1 % %s {{x}} ${x} $(x) `x` <x>'.split(
    ' ',
  ),
  ...["$'", '', ' ', 'é', '日本', 'a b', 'a:b', 'a=b', 'a'.repeat(300), '9'.repeat(40)],
  ...'production staging shared local test ci version default image value services'.split(' '),
];

/** One change of a text. Places are parts of the whole, from 0 to 1, so that they fit texts of any length. */
export type Edit =
  | { kind: 'splice'; at: number; length: number; text: string }
  | { kind: 'word'; at: number; everywhere: boolean; text: string }
  | { kind: 'words'; from: number; step: number }
  | { kind: 'same word'; at: number; as: number }
  | { kind: 'repeat line' | 'move line' | 'join line'; at: number; to: number }
  | { kind: 'indent line'; at: number; by: number }
  | { kind: 'new line'; at: number; text: string };

const PLACES = 10_000;
/** Anywhere: what finds edge cases would put most changes at the start. */
const place = fc.noBias(fc.nat(PLACES - 1)).map((at) => at / PLACES);

/** Changes that tear a text apart, and changes after which its format still reads it: other words and other lines. */
export function editsWith(others: readonly string[]): fc.Arbitrary<Edit[]> {
  const lines = others.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  const splice: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constant('splice' as const),
    at: place,
    length: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(400)),
    text: fc.oneof(
      fc.constantFrom(...FRAGMENTS, ...WORDS),
      fc.string({ maxLength: 20, unit: 'binary' }),
      fc.constantFrom(...others).map((text) => text.slice(0, 200)),
    ),
  });
  const word: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constant('word' as const),
    at: place,
    everywhere: fc.boolean(),
    text: fc.constantFrom(...WORDS),
  });
  const words: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constant('words' as const),
    from: fc.noBias(fc.nat(WORDS.length)),
    step: fc.integer({ min: 2, max: 12 }),
  });
  const sameWord: fc.Arbitrary<Edit> = fc.record({ kind: fc.constant('same word' as const), at: place, as: place });
  const line: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('repeat line' as const, 'move line' as const, 'join line' as const),
      at: place,
      to: place,
    }),
    fc.record({ kind: fc.constant('indent line' as const), at: place, by: fc.integer({ min: -8, max: 8 }) }),
    fc.record({ kind: fc.constant('new line' as const), at: place, text: fc.constantFrom(...lines, ...WORDS) }),
  );
  return fc.array(fc.oneof(splice, word, words, words, sameWord, line, line), { minLength: 1, maxLength: 6 });
}

/** The text after all changes, one after the other. Half a character, which no file can hold, is none. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce(change, text).replace(/\p{Surrogate}/gu, '\ufffd');
}

function change(text: string, edit: Edit): string {
  switch (edit.kind) {
    case 'splice': {
      const start = Math.floor(edit.at * text.length);
      return text.slice(0, start) + edit.text + text.slice(start + edit.length);
    }
    case 'words':
      return withWords(text, WORDS.slice(edit.from).concat(WORDS.slice(0, edit.from)), edit.step, 0);
    case 'word':
    case 'same word':
      return withOtherWord(text, edit);
    default:
      return inLines(text, edit);
  }
}

/** A text in which each `step`-th of its words, counted from the one at `start`, is the next of some others. */
export function withWords(text: string, others: readonly string[], step: number, start: number): string {
  let index = -1 - start;
  return text.replace(/[\w-]+/g, (word) => {
    index += 1;
    return index >= 0 && index % step === 0 ? (others[(index / step) % others.length] ?? word) : word;
  });
}

function withOtherWord(text: string, edit: Extract<Edit, { kind: 'word' | 'same word' }>): string {
  const words = [...text.matchAll(/[\w-]+/g)];
  const at = words[Math.floor(edit.at * words.length)];
  if (at === undefined) return text;
  const other = edit.kind === 'word' ? edit.text : (words[Math.floor(edit.as * words.length)]?.[0] ?? '');
  if (edit.kind === 'word' && edit.everywhere) return text.split(at[0]).join(other);
  return text.slice(0, at.index) + other + text.slice(at.index + at[0].length);
}

function inLines(text: string, edit: Exclude<Edit, { kind: 'splice' | 'word' | 'words' | 'same word' }>): string {
  const lines = text.split('\n');
  const at = Math.floor(edit.at * lines.length);
  const line = lines[at] ?? '';
  switch (edit.kind) {
    case 'repeat line':
      lines.splice(Math.floor(edit.to * lines.length), 0, line);
      break;
    case 'move line':
      lines.splice(at, 1);
      lines.splice(Math.floor(edit.to * lines.length), 0, line);
      break;
    case 'join line':
      lines.splice(at, 2, `${line} ${(lines[at + 1] ?? '').trimStart()}`);
      break;
    case 'indent line':
      lines[at] = edit.by < 0 ? line.slice(-edit.by) : ' '.repeat(edit.by) + line;
      break;
    case 'new line':
      lines.splice(at, 0, (/^\s*/.exec(line)?.[0] ?? '') + edit.text);
  }
  return lines.join('\n');
}
