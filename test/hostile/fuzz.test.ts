import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { readers } from '../../scripts/readers/index.ts';
import type { Finding } from '../../scripts/readers/reader.ts';
import { OF_EVERY_OBJECT, withWords } from './support/edits.ts';
import { fixtures, targets } from './support/fuzz.ts';
import { inMemory } from './support/in-memory.ts';
import { assertSound } from './support/sound.ts';

function run(name: string, runs: number): { inputs: number; error: string | null; input: unknown } {
  const target = targets.find((each) => each.name === name);
  if (!target) throw new Error(`no target ${name}`);
  const result = fc.check(target.property, { numRuns: runs, seed: 20_260_301, endOnFailure: true });
  return {
    inputs: result.numRuns,
    error: result.failed ? String(result.errorInstance) : null,
    input: result.counterexample,
  };
}

test.each(targets)('$name: whatever the input, no crash, no hang, and what comes out fits its schema', ({
  name,
  share,
}) => {
  expect(run(name, Math.round(3000 * share))).toMatchObject({ error: null });
});

test('a name that every object has may stand anywhere', () => {
  const step = 4;
  for (const [path, text] of fixtures.flat()) {
    for (let start = 0; start < step; start += 1) {
      const files = new Map([[path, withWords(text, OF_EVERY_OBJECT, step, start)]]);
      const sound = () => assertSound(inspectOpened(inMemory(files)), files);
      expect(sound, `${path} ${start}`).not.toThrow();
    }
  }
});

/** Gives one reader a defect until the test is over. */
function plant(name: string, defect: 'read' | 'definitions', does: (text: string) => Finding[]): void {
  const reader = readers.find((each) => each.name === name);
  if (!reader?.[defect]) throw new Error(`no ${defect} of a reader ${name}`);
  const spy =
    defect === 'read'
      ? vi.spyOn(reader, 'read').mockImplementation(({ text }) => ({ findings: does(text) }))
      : vi.spyOn(reader, 'definitions' as 'read').mockImplementation(({ text }) => {
          does(text);
          return null;
        });
  onTestFinished(() => spy.mockRestore());
}

const finding = { surface: 'config', subject: 'PORT', attribute: 'value', value: '80', environment: 'shared', line: 1 };
const breaks = (): Finding[] => {
  throw new RangeError('planted');
};
const odd = (part: object) => (): Finding[] => [{ ...finding, ...part } as Finding];
/** As if it had taken half a minute. */
const stalls = (): Finding[] => {
  const clock = vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 30_000_000, system: 0 });
  onTestFinished(() => clock.mockRestore());
  return [];
};

test.each<[string, string, 'read' | 'definitions', (text: string) => Finding[], RegExp]>([
  ['throws', 'dotenv', 'read', breaks, /the reader failed \(RangeError\)/],
  [
    'throws at one text that few inputs have',
    'security-settings',
    'read',
    (text) => (text.includes('hasOwnProperty') ? breaks() : []),
    /the reader failed/,
  ],
  ['throws where it defines', 'terraform', 'definitions', breaks, /the reader failed \(RangeError\)/],
  ['tells of a surface that there is not', 'dotenv', 'read', odd({ surface: 'weather' }), /surface/],
  ['tells a value that is no value', 'dotenv', 'read', odd({ value: { a: 1 } }), /value/],
  ['tells a line that is no number', 'dotenv', 'read', odd({ line: Number.NaN }), /dotenv: line NaN/],
  ['tells a line past the end', 'dotenv', 'read', odd({ line: 100_000 }), /dotenv: line 100000 of .*, which has/],
  ['never comes to an end', 'dotenv', 'read', stalls, /took \d+ ms/],
])('a reader that %s is found by the fuzzing', (_, name, defect, does, message) => {
  plant(name, defect, does);
  expect(run('readers', 2000).error).toMatch(message);
});
