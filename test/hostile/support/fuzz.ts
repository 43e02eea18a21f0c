import fc from 'fast-check';
import { inspectOpened } from '../../../scripts/inspect-repository.ts';
import type { Inspection } from '../../../scripts/model.ts';
import type { Repository } from '../../../scripts/repository/repository.ts';
import { assertInspection, assertParityMap } from '../../../scripts/schema.ts';
import { findAnchor } from '../../../scripts/skill/citation.ts';
import { readFrontmatter } from '../../../scripts/skill/read-frontmatter.ts';
import { readMap } from '../../../scripts/skill/read-map.ts';
import { splitLines } from '../../../scripts/syntax/lines.ts';
import { UsageError } from '../../../scripts/usage-error.ts';
import { filesOf, readerFixtures } from './plant.ts';

/** The longest that one input may take, in milliseconds: far above what any takes, far below what people call a hang. */
const MAX_MILLISECONDS = 10_000;

const sources = readerFixtures().flatMap((format) =>
  [...filesOf(`readers/${format}`)].filter(([, text]) => text.length < 20_000),
);
const skill = [...filesOf('validation/harbour')];
const textOf = (name: string): string => skill.find(([path]) => path.endsWith(name))?.[1] ?? '';

const fragments = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '`',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u202e',
  '\ud800',
  '\u2028',
  '\ufeff',
  '${',
  '$(',
  '{{',
  '}}',
  '<%',
  '%>',
  '<!--',
  '-->',
  '/*',
  '*/',
  '"""',
  '<<EOF\n',
  '|\n',
  '>-\n',
  '&a',
  '*a',
  '!!js/function',
  '---\n',
  '--- js\n',
  '<<: *a\n',
  '- ',
  ': ',
  '= ',
  '=>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  '1e999',
  '-0',
  '0x',
  '9'.repeat(40),
  'production',
  'shared',
  'version',
  'null',
  'true',
  '~',
  '#',
  '//',
  'end',
  'EOF',
  ' '.repeat(300),
  'a'.repeat(3000),
  '['.repeat(150),
  '{{'.repeat(60),
  '("'.repeat(80),
];

interface Edit {
  at: number;
  length: number;
  text: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(400)),
  text: fc.oneof(
    fc.constantFrom(...fragments),
    fc.string({ maxLength: 20, unit: 'binary' }),
    fc.constantFrom(...sources).map(([, text]) => text.slice(0, 200)),
  ),
});

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, { at, length, text: put }) => {
    const start = Math.floor(at * now.length);
    return now.slice(0, start) + put + now.slice(start + length);
  }, text);
}

/** A repository that is nowhere but in memory. */
export function inMemory(files: ReadonlyMap<string, string>): Repository {
  return {
    root: '/nowhere',
    name: 'nowhere',
    files: [...files.keys()].sort(),
    unlisted: [],
    read: (path) => ({ ok: true, text: files.get(path) ?? '' }),
  };
}

function assertSound(inspection: Inspection): void {
  assertInspection(inspection, 'the inspection');
  const failed = inspection.coverage.unread.find(({ reason }) => reason.includes('the reader failed'));
  if (failed) throw new Error(`${failed.path}: ${failed.reason}`);
}

function inTime(run: () => void): void {
  const start = process.cpuUsage();
  run();
  // The processor's time: other programs do not count.
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  if (took > MAX_MILLISECONDS) throw new Error(`took ${Math.round(took)} ms`);
}

const edits = fc.array(edit, { minLength: 1, maxLength: 6 });

type Property = fc.IPropertyWithHooks<unknown>;

/** Each target with its share of a run: an input, and what must hold of it. */
export const targets: readonly { name: string; share: number; property: Property }[] = [
  {
    name: 'readers',
    share: 0.7,
    property: fc.property(fc.constantFrom(...sources), edits, ([path, text], changes) =>
      inTime(() => assertSound(inspectOpened(inMemory(new Map([[path, edited(text, changes)]]))))),
    ) as Property,
  },
  {
    name: 'map',
    share: 0.1,
    property: fc.property(edits, (changes) =>
      inTime(() => {
        try {
          assertParityMap(readMap(edited(textOf('parity-map.yaml'), changes), 'map').map, 'map');
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          if (error.message.includes('\n') && error.message.length > 2000)
            throw new Error('a message that goes on and on');
        }
      }),
    ) as Property,
  },
  {
    name: 'frontmatter',
    share: 0.1,
    property: fc.property(edits, (changes) =>
      inTime(() => {
        const { problem, values } = readFrontmatter(splitLines(edited(textOf('SKILL.md').slice(0, 600), changes)));
        if (problem && values.size > 0) throw new Error('values in spite of a problem');
      }),
    ) as Property,
  },
  {
    name: 'citations',
    share: 0.1,
    property: fc.property(
      fc.constantFrom(...sources),
      edits,
      fc.integer({ min: -2, max: 1_000_000 }),
      fc.string(),
      ([path, text], changes, line, cited) =>
        inTime(() => {
          const lines = splitLines(edited(text, changes));
          const anchor = findAnchor({ path, line, text: cited }, (each) => (each === path ? lines : undefined));
          if (anchor.state === 'moved' && (anchor.line < 1 || anchor.line > lines.length))
            throw new Error('moved out of the file');
        }),
    ) as Property,
  },
];
