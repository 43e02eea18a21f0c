import { expect, test } from 'vitest';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { inMemory } from '../hostile/support/in-memory.ts';

const long = `const data = "${'a'.repeat(5000)}";`;
const short = 'const port = process.env.PORT;\n'.repeat(300);

/** What the coverage names of these files, one line each. */
function unreadOf(files: { [path: string]: string }): string[] {
  const { coverage } = inspectOpened(inMemory(new Map(Object.entries(files))));
  return coverage.unread.map(({ path, reason }) => `${path}: ${reason}`);
}

test('a line that source readers did not get is named; the file around it is read', () => {
  const files = { 'src/logo.ts': `${short}${long}\n${long}\nconst key = process.env.LOGO_KEY;\n` };
  expect(unreadOf(files)).toEqual([
    'src/logo.ts: line 301 and 1 more are longer than 4000 characters: not read as program text',
  ]);
  const { facts } = inspectOpened(inMemory(new Map(Object.entries(files))));
  expect(facts.filter(({ subject }) => subject === 'LOGO_KEY').map(({ evidence }) => evidence.line)).toEqual([303]);
});

test('packed files and tests are told together, one line a folder', () => {
  const packed = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`public/libs/part${index}/app.js`, long] as const),
  );
  const tests = Object.fromEntries(['a', 'b'].map((name) => [`app/tests/${name}.test.ts`, `${short}${long}`]));
  expect(unreadOf({ ...packed, ...tests, 'static/one.js': long })).toEqual([
    'app/tests/: 2 files, packed or with data in them: lines longer than 4000 characters are not read as program text',
    'public/libs/: 40 files, packed or with data in them: lines longer than 4000 characters are not read as program text',
    'static/one.js: packed: lines longer than 4000 characters are not read as program text',
  ]);
});

test('nothing is said of a file that its own format reads whole, or that no reader takes', () => {
  const text = `services:\n  web:\n    image: nginx:1.27\n    environment:\n      DATA: "${'a'.repeat(5000)}"\n`;
  expect(unreadOf({ 'compose.yaml': text, 'notes.bin.txt': long, 'src/a.ts': short })).toEqual([]);
});
