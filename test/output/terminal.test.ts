import { expect, test } from 'vitest';
import { coloured, hasColour } from '../../scripts/output/colour.ts';
import { progressOn } from '../../scripts/output/progress.ts';

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
])('a terminal: %j, %j: colour %j', (isTTY, environment, wanted) => {
  expect(hasColour({ isTTY }, environment)).toBe(wanted);
});

test('severities are painted where our own lines have them, and nothing else', () => {
  expect(coloured('  [high] KEY is [low] here\n')).toBe('  [\u001b[31mhigh\u001b[0m] KEY is [low] here\n');
  expect(coloured('a.yml:3:1: error: note: x [code]')).toBe('a.yml:3:1: \u001b[31merror\u001b[0m: note: x [code]');
  expect(coloured('no error: here, [medium]')).toBe('no error: here, [medium]');
});

test('progress shows after a second, to a person only, and leaves nothing behind', () => {
  const run = (isTTY: boolean, milliseconds: number): string => {
    let text = '';
    let time = 0;
    const progress = progressOn({ isTTY, write: (more) => (text += more) }, () => time);
    for (let done = 0; done < 10; done += 1) {
      progress.step(done, 10);
      time += milliseconds / 10;
    }
    progress.end();
    return text;
  };
  expect(run(true, 900)).toBe('');
  expect(run(false, 5000)).toBe('');
  const shown = run(true, 5000);
  expect(shown).toContain('reading: 2 of 10 files');
  expect(shown.endsWith('\r\u001b[2K')).toBe(true);
});
