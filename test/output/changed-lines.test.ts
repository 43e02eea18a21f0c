import { expect, test } from 'vitest';
import { changedLines } from '../../scripts/output/changed-lines.ts';

test('shows the lines that changed, and where', () => {
  expect(changedLines('a\nb\nc\nd\n', 'a\nB\nc\nx\nd\n', 10)).toEqual([
    '@@ line 2 @@',
    '-b',
    '+B',
    '@@ line 4 @@',
    '+x',
  ]);
  expect(changedLines('a\n', 'a\n', 10)).toEqual([]);
  expect(changedLines('', '1\n2\n3\n', 2)).toEqual(['@@ line 1 @@', '+1', '... and 2 more lines']);
});
