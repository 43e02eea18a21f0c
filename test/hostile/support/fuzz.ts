import fc from 'fast-check';
import { collectFacts } from '../../../scripts/collect-facts.ts';
import { inspectOpened } from '../../../scripts/inspect-repository.ts';
import type { Inspection } from '../../../scripts/model.ts';
import { toJson } from '../../../scripts/output/json.ts';
import { MAX_STDOUT, summaryOf } from '../../../scripts/output/summary.ts';
import { excerptAt, excerptOf } from '../../../scripts/output/text.ts';
import { readers } from '../../../scripts/readers/index.ts';
import type { Reader } from '../../../scripts/readers/reader.ts';
import { WITHHELD } from '../../../scripts/secrets/withhold.ts';
import { type Anchor, contextOf, findAnchor } from '../../../scripts/skill/citation.ts';
import { draftMap } from '../../../scripts/skill/draft-map.ts';
import type { Citation } from '../../../scripts/skill/parity-map.ts';
import { printMap } from '../../../scripts/skill/print-map.ts';
import { readFrontmatter } from '../../../scripts/skill/read-frontmatter.ts';
import { type MapFile, readMap } from '../../../scripts/skill/read-map.ts';
import { splitLines } from '../../../scripts/syntax/lines.ts';
import { UsageError } from '../../../scripts/usage-error.ts';
import type { Finding } from '../../../scripts/validation/check.ts';
import { edited, editsWith } from './edits.ts';
import { inMemory } from './in-memory.ts';
import { filesOf, readerFixtures } from './plant.ts';
import { assertPrintable, assertSound } from './sound.ts';
import { validated } from './text-targets.ts';

/** The longest that one input may take, in milliseconds: far above what any takes, far below what people call a hang. */
const MAX_MILLISECONDS = 10_000;
/** The longest message of an error, in characters: it may quote a path, never a text. */
const MAX_MESSAGE = 1000;

/** The files of each reader's fixture: every reader is as likely as any other, however many files it has. */
export const fixtures = readerFixtures()
  .map((format) => [...filesOf(`readers/${format}`)].filter(([, text]) => text.length < 20_000))
  .filter((files) => files.length > 0);
const texts = fixtures.flatMap((files) => files.map(([, text]) => text));
const skill = [...filesOf('validation/harbour')];
const textOf = (name: string): string => skill.find(([path]) => path.endsWith(name))?.[1] ?? '';
const goodMap = textOf('parity-map.yaml');
const goodSkill = textOf('SKILL.md');

function inTime(run: () => void): void {
  const start = process.cpuUsage();
  run();
  // The processor's time: other programs do not count.
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  if (took > MAX_MILLISECONDS) throw new Error(`took ${Math.round(took)} ms`);
}

/** A reader whose findings must stand on lines of its file; the collector would take the nearest line there is. */
function strict(reader: Reader): Reader {
  return {
    ...reader,
    read(file, definitions) {
      const result = reader.read(file, definitions);
      const count = splitLines(file.text).length;
      const off = result?.findings.find(({ line }) => !(Number.isInteger(line) && line >= 1 && line <= count));
      if (off) offLine = `${reader.name}: line ${off.line} of ${file.path}, which has ${count} lines`;
      return result;
    },
  };
}
let offLine: string | undefined;

/** What readers alone find in files, as an inspection without the rest. */
function collected(files: ReadonlyMap<string, string>): Inspection {
  const { facts, environments, coverage } = collectFacts(inMemory(files), [...files.keys()], readers.map(strict));
  if (offLine !== undefined) {
    const message = offLine;
    offLine = undefined;
    throw new Error(message);
  }
  const app = { name: 'nowhere', path: '.', applications: [] };
  const placement = { skillsDir: null, reason: '', candidates: [] };
  return { schemaVersion: 1, app, environments, facts, drift: [], questions: [], leads: [], placement, coverage };
}

/** Everything that inspect and draft make of files. */
function assertWhole(files: ReadonlyMap<string, string>): void {
  const inspection = inspectOpened(inMemory(files));
  assertSound(inspection, files);
  const summary = summaryOf(inspection, 'inspection.json');
  if (summary.length > MAX_STDOUT) throw new Error(`a summary of ${summary.length} characters`);
  assertPrintable(summary.split('\n'));
  readMap(printMap(draftMap(inspection, readers)), 'the draft');
  if (toJson(inspectOpened(inMemory(files))) !== toJson(inspection)) throw new Error('the second time is another');
}

/** What a map says, or an error for people: one line that names the file. */
function assertMap(text: string): void {
  let file: MapFile;
  try {
    file = readMap(text, 'map');
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (!/^map\b[^\n]*$/.test(error.message) || error.message.length > MAX_MESSAGE)
      throw new Error(`a message that is not one line: ${JSON.stringify(error.message.slice(0, 300))}`);
    return;
  }
  const count = splitLines(text).length;
  const places = file.map.register.map((_, index) => file.lineOf('register', index, 'id'));
  const off = [...file.gaps.map(({ line }) => line), ...places].find((line) => !(line >= 1 && line <= count));
  if (off !== undefined) throw new Error(`line ${off} of a map of ${count} lines`);
}

function assertFrontmatter(lines: readonly string[]): void {
  const { problem, values, endLine } = readFrontmatter(lines);
  if (problem && values.size > 0) throw new Error('values in spite of a problem');
  const places = [endLine, ...(problem ? [problem.line] : []), ...[...values.values()].map(({ line }) => line)];
  const off = places.find((line) => !(line >= 0 && line <= Math.max(1, lines.length)));
  if (off !== undefined) throw new Error(`line ${off} of ${lines.length}`);
  if (problem) assertPrintable(problem.message);
}

/** A citation that held goes to where its text stands now, or nowhere. */
function assertAnchor(citation: Citation, lines: readonly string[], anchor: Anchor): void {
  if (citation.text.includes(WITHHELD)) return;
  const own = new Set([citation.text, excerptOf(citation.text)]);
  const saying = lines.flatMap((_, index) => (own.has(excerptAt(lines, index + 1)) ? [index + 1] : []));
  if (anchor.state === 'holds' && !saying.includes(citation.line)) throw new Error('holds on a line that says it not');
  if (anchor.state === 'moved' && !saying.includes(anchor.line)) throw new Error(`moved to line ${anchor.line}`);
  if (citation.under !== undefined || citation.text === '') return;
  if (anchor.state === 'moved' && saying.length > 1) throw new Error('moved to one of several lines');
  if (anchor.state === 'stale' && (saying.length === 1 || saying.includes(citation.line)))
    throw new Error(`stale, and line ${saying[0]} says it`);
}

function assertFindings(findings: readonly Finding[]): void {
  for (const { path, line, message, mend } of findings) {
    assertPrintable([path, message, mend]);
    if (!(path !== '' && line >= 1 && message !== '' && mend !== '')) throw new Error(`half a finding: ${message}`);
  }
}

const edits = editsWith(texts);
const ofMap = editsWith([goodMap]);
const ofSkill = editsWith([goodSkill]);
const fixture = fc.noBias(fc.constantFrom(...fixtures));
const nth = fc.noBias(fc.nat(10_000));

type Property = fc.IPropertyWithHooks<unknown>;

function property<T extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (...values: T) => void,
): Property {
  return fc.property(...arbitraries, (...values: T) => inTime(() => run(...values))) as Property;
}

/** Each target with its share of a run: an input, and what must hold of it. */
export const targets: readonly { name: string; share: number; property: Property }[] = [
  {
    name: 'repositories',
    share: 0.06,
    property: property([fixture, nth, edits, edits], (files, index, changes, others) => {
      const changed = new Map(files);
      for (const [at, own] of [changes, others].entries()) {
        const [path, text] = files[(index + at) % files.length] ?? ['', ''];
        changed.set(path, edited(text, own));
      }
      assertWhole(changed);
    }),
  },
  {
    name: 'readers',
    share: 0.6,
    property: property([fixture, nth, edits], (files, index, changes) => {
      const [path, text] = files[index % files.length] ?? ['', ''];
      const changed = new Map([[path, edited(text, changes)]]);
      assertSound(collected(changed), changed);
    }),
  },
  { name: 'map', share: 0.1, property: property([ofMap], (changes) => assertMap(edited(goodMap, changes))) },
  {
    name: 'frontmatter',
    share: 0.1,
    property: property([ofSkill], (changes) => assertFrontmatter(splitLines(edited(goodSkill.slice(0, 600), changes)))),
  },
  {
    name: 'citations',
    share: 0.13,
    property: property([fixture, nth, nth, edits, fc.option(fc.string())], (files, index, nthLine, changes, other) => {
      const [path, text] = files[index % files.length] ?? ['', ''];
      const before = splitLines(text);
      const line = (nthLine % before.length) + 1;
      const cited: Citation = { path, line, text: other ?? excerptAt(before, line) };
      const under = contextOf(cited, () => before);
      const citation = under === undefined ? cited : { ...cited, under };
      if (other === null && cited.text !== '' && findAnchor(citation, () => before).state !== 'holds')
        throw new Error('a citation does not hold where it was made');
      const lines = splitLines(edited(text, changes));
      assertAnchor(
        citation,
        lines,
        findAnchor(citation, (each) => (each === path ? lines : undefined)),
      );
    }),
  },
  {
    name: 'skill',
    share: 0.01,
    property: property([fc.constantFrom('SKILL.md', 'parity-map.yaml'), ofSkill, ofMap], (path, body, map) => {
      assertFindings(validated(path, (before) => edited(before, path === 'SKILL.md' ? body : map)));
    }),
  },
];
