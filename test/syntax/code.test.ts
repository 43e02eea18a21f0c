import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCode, readMarkup } from '../../scripts/syntax/code.ts';
import { type LanguageName, language } from '../../scripts/syntax/languages.ts';

const names: LanguageName[] = [
  'javascript',
  'python',
  'ruby',
  'go',
  'java',
  'kotlin',
  'csharp',
  'php',
  'elixir',
  'rust',
  'shell',
];

/** The marks that languages are made of, so that random text hits their edges. */
const marks = fc.constantFrom(
  ...[
    '"',
    "'",
    '`',
    '"""',
    "'''",
    '${',
    '#{',
    '{',
    '}',
    '{{',
    '(',
    ')',
    '[',
    ']',
    '/',
    '//',
    '/*',
    '*/',
    '#',
    '\n',
    '\r\n',
    '\\',
  ],
  ...[
    'f"',
    'r#"',
    '"#',
    '$"',
    '@"',
    '<<~A',
    '<<<A',
    'A',
    ' ',
    '=',
    'x',
    '%w[',
    '%q(',
    '=begin',
    '=end',
    '__END__',
    '<!--',
    '-->',
  ],
  ...['<script>', '</script>', '---', '\u2028', '😀', '='],
);
const program = fc
  .array(fc.oneof(marks, fc.string({ maxLength: 3 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

const newlines = (text: string) => text.replace(/[^\r\n]/g, ' ');

describe('any text at all', () => {
  test.each(names)('%s: both views keep length and line ends, and hide, never change', (name) => {
    fc.assert(
      fc.property(program, (source) => {
        for (const view of [readCode(source, language(name)), readMarkup(source, language(name))]) {
          for (const shown of [view.code, view.text]) {
            expect(shown.length).toBe(source.length);
            expect(newlines(shown)).toBe(newlines(source));
            for (let index = 0; index < source.length; index += 1) {
              expect(shown[index] === source[index] || shown[index] === ' ').toBe(true);
            }
          }
          for (let index = 0; index < source.length; index += 1) {
            if (view.isCode(index)) expect(view.code[index]).toBe(source[index]);
            if (view.isString(index)) expect(view.text[index]).toBe(source[index]);
          }
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test.each([
    ...[
      '(/[',
      "'",
      '"',
      '`${',
      '/*',
      '<<~A ',
      '<<A\n',
      '%w[',
      '{',
      "f'{",
      '"""',
      '<script>',
      '<!--',
      '#{',
      ' ',
      '\n',
      '/',
      '$"{',
      'r#"',
      '<script ',
    ],
  ])('a megabyte of %j takes a moment', (mark) => {
    const source = mark.repeat(Math.floor(1_000_000 / mark.length));
    for (const name of ['javascript', 'python', 'ruby', 'csharp'] as const) {
      const start = performance.now();
      readCode(source, language(name));
      expect(performance.now() - start).toBeLessThan(1500);
    }
    const start = performance.now();
    readMarkup(source, language('javascript'));
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

/** Each source with the code that is left of it. */
const cases: [LanguageName, string, string, string][] = [
  ['javascript', 'a line comment', 'a // b', 'a     '],
  ['javascript', 'a slash that divides', 'a / b / "c"', 'a / b / " "'],
  ['javascript', 'a regular expression with a class', 'x = /[/"]/g; y', 'x = /    /g; y'],
  ['javascript', 'a regular expression after return', 'return /"/.test(b)', 'return / /.test(b)'],
  ['javascript', 'a template in a template', '`a ${b + `c ${d}`} e`', '`  ${b + `  ${d}`}  `'],
  ['javascript', 'braces in a template', '`${ {a: "}"} } x`', '`${ {a: " "} }  `'],
  ['javascript', 'a string that its line ends', "a = 'b\nc", "a = ' \nc"],
  ['javascript', 'an escaped quote', "'a\\'b' c", "'    ' c"],
  ['javascript', 'closing tags', '<b>a</b> {c} </i>', '<b>a</b> {c} </i>'],
  ['python', 'a docstring', '"""a\nb""" c', '""" \n """ c'],
  ['python', 'code in an f-string', "f'a {b('c')} {{d}}' e", "f'  {b(' ')}      ' e"],
  ['python', 'no code in a plain string', "'{a}' b", "'   ' b"],
  ['python', 'a raw string', "r'a\\' # b' c", "r'       ' c"],
  ['ruby', 'a heredoc', 'a <<~X, b\n c #{d}\nX\ne', 'a <<~X, b\n   #{d}\nX\ne'],
  ['ruby', 'a heredoc without code in it', "<<~'X'\n#{d}\nX\ne", "<<~'X'\n    \nX\ne"],
  ['ruby', 'a list of words', '%w[a b] + c', '%w[   ] + c'],
  ['ruby', 'a shift', 'a = 1 << b', 'a = 1 << b'],
  ['ruby', 'a block comment', '=begin\na\n=end\nb', '      \n \n    \nb'],
  ['ruby', 'a regular expression and a division', 'a =~ /"/ && b / c', 'a =~ / / && b / c'],
  ['go', 'a raw string', '`a\\` + b // c', '`  ` + b     '],
  ['kotlin', 'nested comments', '/* a /* b */ c */ d', `${' '.repeat(18)}d`],
  ['csharp', 'a verbatim string', '@"a""b\\" + c', '@"     " + c'],
  ['php', 'a heredoc', 'a(<<<X\n b\n X\n); c', 'a(<<<X\n  \n X\n); c'],
  ['elixir', 'code in a string', '"a #{b}" c', '"  #{b}" c'],
  ['rust', 'a lifetime and a raw string', `fn a<'b>(c: &'b str) { r#"d"e"# }`, `fn a<'b>(c: &'b str) { r#"   "# }`],
  ['shell', 'a comment only after a space', 'a${#b} # c', 'a${#b}    '],
];

test.each(cases)('%s: %s', (name, _, source, code) => {
  expect(readCode(source, language(name)).code).toBe(code);
});

test('markup: only scripts and braces are code', () => {
  const source = `<!-- a --><p>Don't</p>{b}<script>c // d</script><style>e{f}</style>`;
  const view = readMarkup(source, language('javascript'));
  expect(view.code.replace(/\s+/g, ' ').trim()).toBe('{b} c');
  expect(view.text).not.toContain(' a ');
});
