import { expect, test } from 'vitest';
import { parseShell } from '../../scripts/syntax/shell.ts';

function told(text: string): string[] {
  return parseShell(text).map(({ assignments, words, line, heredoc }) =>
    [
      `${line}:`,
      ...assignments.map(({ key, value }) => `${key}=[${value}]`),
      ...words.map((word) => (word.operator ? word.text : `[${word.text}]`)),
      ...(heredoc ? [`heredoc ${heredoc.line} [${heredoc.text}]`] : []),
    ].join(' '),
  );
}

test('commands end at operators and line ends, and keep the line that they start on', () => {
  expect(told('a b && c; d | e\n# f\ng \\\n  h # i\n\nj#k')).toEqual([
    '1: [a] [b]',
    '1: [c]',
    '1: [d]',
    '1: [e]',
    '3: [g] [h]',
    '6: [j#k]',
  ]);
});

test('quotes come off, and what they hold stays one word', () => {
  expect(told(`X='a b' Y="c \\"d\\" $(e "f g")" run "h;i" '' j'k'"l"`)).toEqual([
    '1: X=[a b] Y=[c "d" $(e "f g")] [run] [h;i] [] [jkl]',
  ]);
});

test('substitutions and workflow expressions are copied, blanks and operators included', () => {
  expect(told("a ${{ b && c || 'd' }} $(e | f) ${g:-h i} `j; k`")).toEqual([
    "1: [a] [${{ b && c || 'd' }}] [$(e | f)] [${g:-h i}] [`j; k`]",
  ]);
});

test('here-documents belong to their command, and lines go on behind them', () => {
  expect(told('cat <<EOF > .env\nA=1\n\nEOF\nnext 2>&1 <<< x')).toEqual([
    '1: [cat] > [.env] heredoc 2 [A=1\n]',
    '5: [next] >& [1] <<< [x]',
  ]);
});

test('what is never closed ends with the text', () => {
  for (const open of ['"', "'", '`', '$(', '${', '${{', '<<EOF\n', '\\']) {
    expect(told(`a ${open}b c`).at(0)).toMatch(/^1: \[a\]/);
  }
});
