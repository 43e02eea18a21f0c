import { afterAll, expect, test } from 'vitest';
import '../../scripts/inspect-repository.ts';
import { readers } from '../../scripts/readers/index.ts';
import { endingOf } from '../../scripts/repository/ending.ts';
import { openRepository } from '../../scripts/repository/repository.ts';
import { languageOf } from '../../scripts/syntax/languages.ts';
import { type Need, requiredWords } from '../../scripts/syntax/required-words.ts';
import { registered, sought, soughtTexts } from '../../scripts/syntax/sought.ts';
import { packedWords, unpackedWords, wordsOfAll } from '../../scripts/syntax/sought-words.ts';
import { WordScan } from '../../scripts/syntax/word-scan.ts';
import { fixture } from '../support/facts-of.ts';

const repository = openRepository(fixture('.'));
const ofTheProgram = registered.length;
const BOUNDED = sought(/(?<![\w$])corsair(?!\w)/);
const PHRASE = sought(/\bfloat (?:the )?corsair\b/i);
const EITHER_CASE = sought(/x-[cC][oO][rR][sS][aA][iI][rR]-y/);

// Other tests of the same worker package what is sought.
afterAll(() => registered.splice(ofTheProgram));

test.each([
  ['process\\.env', '', 'process.env'],
  ['foo(?:Sync)?\\(', '', '(foo( | fooSync()'],
  ['(?:mock|fake)_\\w+', '', '(mock_ | fake_)'],
  ['\\b\\w{0,30}idempoten\\w*', 'i', 'idempoten'],
  ['(?<!x)secret+', '', 'secre'],
  ['[Cc]ookie', '', 'cookie'],
  ['FOR UPDATE', '', '<UPDATE & FOR>'],
  ['\\s*host(?=\\s*===)', '', '=== & host'],
  ['\\s*host(?!\\s*===)', '', 'host'],
  ['\\b(?:never|not) ever\\b', 'i', '(<never> & <ever> | <ever> & <not>)'],
  ['(?<![\\w$.])cors(?!\\w)', '', '<cors>'],
  ['(?<!\\.)cors\\B', '', 'cors'],
  ['\\b\\.env\\b\\.live', '', '.env.live'],
  ['cors\\bexact', '', '<exact & cors>'],
  ['(?:never)?', '', undefined],
  ['(?:never|\\d+)', '', undefined],
  ['(?=never)*\\w', '', undefined],
  ['[^a]b', '', undefined],
])('the words of %s with flags "%s"', (source, flags, expected) => {
  const need = requiredWords(source, flags);
  expect(need && told(need)).toBe(expected);
});

/** `<` and `>` where a word starts or ends. */
function told(need: Need): string {
  if ('text' in need) return `${need.starts ? '<' : ''}${need.text}${need.ends ? '>' : ''}`;
  if ('all' in need) return need.all.map(told).join(' & ');
  return `(${need.any.map(told).join(' | ')})`;
}

test('a pass over a file misses no pattern that matches in it', () => {
  const languages = new Set(repository.files.map(languageOf).filter((name) => name !== undefined));
  const scan = new WordScan(languages);
  let matched = 0;
  for (const path of repository.files) {
    const file = repository.read(path);
    if (!file.ok) continue;
    const bytes = Buffer.from(file.text);
    const language = languageOf(path);
    scan.scan(bytes, bytes.length, language);
    const found = new Set(scan.found);
    for (const [id, { pattern, language: of }] of registered.entries()) {
      if ((of !== undefined && of !== language) || scan.wordless.has(id) || file.text.search(pattern) === -1) continue;
      matched += 1;
      expect(found, `${pattern.source} in ${path}`).toContain(id);
    }
  }
  expect(matched).toBeGreaterThan(1000);
});

test('no reader takes a path that ends in another way than it says', () => {
  const paths = repository.files.flatMap((path) => [path, path.split('/').slice(2).join('/')]);
  for (const path of paths) {
    const ending = endingOf(path);
    for (const { name, endings, matches } of readers) {
      if (endings !== undefined && matches(path)) expect(endings, `${name}: ${path}`).toContain(ending);
    }
  }
});

test.each([
  ['let corsair = 1', [BOUNDED]],
  ['corsair', [BOUNDED]],
  ['let corsairs = 1', []],
  ['let accorsair = 1', []],
  // Whoever reads the string sees a line break before the word.
  ['run: "echo\\ncorsair"', [BOUNDED]],
  ['FLOAT the Corsair', [PHRASE]],
  ['float it, then see the corsair', [BOUNDED, PHRASE]],
  ['a corsair', [BOUNDED]],
  ['floating corsair', [BOUNDED]],
  ['x-cOrSaIr-y', [EITHER_CASE]],
  ['x-corsair', [BOUNDED]],
  ['é corsair\u2028', [BOUNDED]],
])('what may match in %j', (text, expected) => {
  const scan = new WordScan(new Set());
  const bytes = Buffer.from(text);
  scan.scan(bytes, bytes.length);
  const found = [BOUNDED, PHRASE, EITHER_CASE].filter(({ id }) => scan.found.includes(id));
  expect(found.map(({ pattern }) => pattern.source)).toEqual(expected.map(({ pattern }) => pattern.source));
});

test('what is packed is the same in whichever order modules were loaded', () => {
  const packed = packedWords();
  registered.reverse();
  try {
    expect(packedWords()).toEqual(packed);
  } finally {
    registered.reverse();
  }
});

test('what a bundle is given of the words is what the sources work out, and no two patterns share a key', () => {
  expect(unpackedWords(packedWords())).toEqual(wordsOfAll());
  const needs = new Map<string, string>();
  for (const { key, need } of registered) {
    const told = JSON.stringify(need() ?? null);
    expect(needs.get(key) ?? told).toBe(told);
    needs.set(key, told);
  }
});

test('a pattern that was made after the pass is tried on every file', () => {
  const scan = new WordScan(new Set());
  expect(soughtTexts(['late']).id).toBeGreaterThanOrEqual(scan.known);
});
