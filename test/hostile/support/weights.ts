import { readers } from '../../../scripts/readers/index.ts';
import { filesOf, readerFixtures } from './plant.ts';

/** A text of any size that grows by repeating one thing. */
export interface Shape {
  name: string;
  /** At least `size` characters are cut to `size`. */
  of(size: number): string;
}

/** What a reader reads, with a name that it knows. */
export interface Target {
  reader: string;
  path: string;
  /** A small file that it reads whole. */
  sample: string;
}

/** One file a reader, as its fixture has it: the name that the most of its facts come from cannot be told cheaply, so the largest. */
export const weightTargets: readonly Target[] = targets();

function targets(): Target[] {
  const files = readerFixtures().flatMap((format) =>
    [...filesOf(`readers/${format}`)].map((each) => [format, ...each] as const),
  );
  return readers.flatMap((reader) => {
    const own = files.filter(([, path]) => reader.matches(path));
    const named = own.filter(([format]) => format === reader.name);
    const [largest] = (named.length > 0 ? named : own).toSorted((a, b) => b[2].length - a[2].length);
    return largest === undefined ? [] : [{ reader: reader.name, path: largest[1], sample: largest[2] }];
  });
}

const SIGNS = [...'"\'`([{<&*!|>%@#$=:;,.-+~^/\\?_ \t0a'];
const OPENINGS = [
  '{"a":',
  '{{',
  '<%',
  '${',
  '$(',
  '/*',
  '"""',
  "'''",
  '<!--',
  '<a b="',
  '<<EOF\n',
  '-----BEGIN ',
  '"\\',
  'a.b.',
  'a(',
  'a["',
  '=>',
  '->',
  '::',
  '||',
  '&&',
  '? ',
  '# ',
  '// ',
  '-- ',
  'http://a:',
  '@a',
  '%{',
  '#{',
  '\\u0000',
  '\u2028',
  '\ud83d\ude00',
  'é',
];
const LINES = [
  'KEY_#=v',
  'key-#: v',
  '"k#": "v",',
  "  'k#' => 'v',",
  '- k#',
  '- name: K#\n  value: v',
  'a# {',
  '}',
  'end',
  'k# = "v"',
  'const k# = process.env.K#;',
  'if (process.env.NODE_ENV === "k#") {',
  'export K#=${K#:-v}',
  'K#: ${{ secrets.K# }}',
  '<k#>v</k#>',
  '[k#]',
  'RUN a# && \\',
  '"',
  "'",
  '`',
  '"""',
  '/*',
  '{{',
  '{% if k# %}',
  '<%',
  'token = "',
  'password: |',
  '{',
  '(',
  '[',
  '# password k#',
  'services:',
  '---',
  'job#:\n  script: a',
  'function k#() {',
  'def k#(',
  'class K# {',
  'http://k#.example.org',
  '&a# *a#',
  'x: &x#\n  <<: *x#',
];

const repeated = (name: string, unit: string): Shape => ({
  name,
  of: (size) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size),
});
const numbered = (name: string, unit: string): Shape => ({
  name,
  of(size) {
    const out: string[] = [];
    for (let length = 0, index = 0; length < size; index += 1) {
      const line = unit.replaceAll('#', String(index));
      out.push(line);
      length += line.length + 1;
    }
    return out.join('\n').slice(0, size);
  },
});

/** Strings that patterns and parsers are known to choke on: on one line as far as lines are read, and over lines. */
export const generalShapes: readonly Shape[] = [
  ...[...SIGNS, ...OPENINGS].flatMap((unit) => {
    const line = unit.repeat(Math.ceil(19_000 / unit.length));
    return [
      repeated(`one line of ${JSON.stringify(unit)}`, unit),
      repeated(`lines of ${JSON.stringify(unit)}`, `${line}\n`),
    ];
  }),
  ...LINES.map((line) => numbered(`lines ${JSON.stringify(line)}`, line)),
  { name: 'ever further in', of: (size) => nested(size) },
  { name: 'empty lines', of: (size) => '\n'.repeat(size) },
  { name: 'line ends of both kinds', of: (size) => '\r\n \r'.repeat(size / 4) },
];

function nested(size: number): string {
  const out: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const line = `${' '.repeat(index % 90)}k${index}:`;
    out.push(line);
    length += line.length + 1;
  }
  return out.join('\n');
}

/** What grows out of a file that the reader knows: the whole of it again and again, with its names alike and with ever new ones, and each of its lines. */
export function sampleShapes({ sample }: Target): Shape[] {
  const lines = [...new Set(sample.split('\n').map((line) => line.trim()))].filter((line) => line.length > 2);
  const all = sample.endsWith('\n') ? sample : `${sample}\n`;
  return [
    repeated('the sample again and again', all),
    {
      name: 'the sample with new names',
      of(size) {
        const out: string[] = [];
        for (let length = 0, index = 0; length < size; index += 1) {
          const copy = all.replace(/\b[A-Za-z]{3}\w*_\w+\b|\b[A-Z]{4}\w*\b/g, (name) => `${name}_${index}`);
          out.push(copy);
          length += copy.length;
        }
        return out.join('').slice(0, size);
      },
    },
    ...lines.map((line) => repeated(`the line ${JSON.stringify(line.slice(0, 60))}`, `${line}\n`)),
    ...wordsOf(sample).map((word) => repeated(`the word ${word}`, `${word} `)),
  ];
}

function wordsOf(text: string): string[] {
  return [...new Set(text.match(/[A-Za-z_][\w-]{2,}/g) ?? [])].slice(0, 60);
}
