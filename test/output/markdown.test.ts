import { expect, test } from 'vitest';
import { codeSpan, inert } from '../../scripts/output/markdown.ts';

test.each([
  ['a <b> & c', 'a &lt;b> & c'],
  ['&lt;script&gt;', '\\&lt;script\\&gt;'],
  ['[x](y) ![z](w) [withheld]', '[x\\](y) ![z\\](w) [withheld]'],
  ['one\n# two\r\n- three', 'one # two - three'],
  ['*bold* _italic_ SESSION_SECRET ~~gone~~', '\\*bold\\* \\_italic\\_ SESSION_SECRET \\~~gone\\~~'],
  ['a `code *span*` and a lone `', 'a `code *span*` and a lone \\`'],
  ['a | b \\ c', 'a \\| b \\\\ c'],
])('%j does nothing in Markdown', (text, expected) => {
  expect(inert(text)).toBe(expected);
});

test('a code span is fenced by more backticks than its text has', () => {
  expect(codeSpan('a.yaml:1')).toBe('`a.yaml:1`');
  expect(codeSpan('a`b``c')).toBe('``` a`b``c ```');
  expect(codeSpan('a\nb')).toBe('`a b`');
});
