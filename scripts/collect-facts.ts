import { mayUseKeys } from './drift/uses.ts';
import { classOf } from './environments/names.ts';
import { inOtherEnvironments } from './environments/other-environments.ts';
import { type EnvironmentOverride, withOverrides } from './environments/overrides.ts';
import { withoutParameterPaths } from './environments/parameter-paths.ts';
import { type ClassedFact, resolveNames } from './environments/resolve-names.ts';
import { namedBySiblings } from './environments/sibling-names.ts';
import type { Coverage, Environment, EnvironmentClass, Fact, Value } from './model.ts';
import { byCodeUnit } from './output/json.ts';
import { cut, excerptAt, oneLine, wholeExcerptAt } from './output/text.ts';
import { EVERYWHERE, type Finding, type Reader, type ReadResult, type SourceFile } from './readers/reader.ts';
import { endingOf } from './repository/ending.ts';
import { isGenerated } from './repository/generated.ts';
import { type HiddenLines, hiddenLines } from './repository/hidden-lines.ts';
import { mayNameKeys } from './repository/mentions.ts';
import { roleOf } from './repository/path-role.ts';
import type { Repository } from './repository/repository.ts';
import { Survey } from './repository/survey.ts';
import { unreadFormat } from './repository/unread-format.ts';
import { isReference, redactLine, redactShapes, reportable, WITHHELD } from './secrets/withhold.ts';
import { languageOf } from './syntax/languages.ts';
import { splitLines } from './syntax/lines.ts';
import { oncePerText } from './syntax/once-per-text.ts';
import type { FileWords } from './syntax/sought.ts';
import { type Code as ProgramLines, withoutLongLines } from './syntax/without-long-lines.ts';

/** A file from outside the repository, read as evidence for one environment. */
export interface ExportFile {
  /** Its own name: the path of its evidence. */
  path: string;
  text: string;
  result: ReadResult;
}

export interface Collected {
  facts: Fact[];
  environments: Environment[];
  coverage: Coverage;
  /** What was found out about the files on the way. */
  survey: Survey;
}

/** Told how many files are read, of how many. */
export type OnFile = (done: number, all: number) => void;

/** Attributes whose value is a command line, which may set a secret on its way. */
const HOLDS_COMMAND = new Set(['process', 'healthcheck', 'command', 'runs']);
/** Attributes whose value is what the key is set to; the others tell about the key, and are no secret where the key is one. */
const HOLDS_VALUE = new Set([
  'value',
  'default',
  'commented',
  'build-arg',
  'set-in-code',
  'branch',
  'conditional-value',
  'from-variable',
  'parameter',
  'documented',
]);
/** The most facts of one file by one reader: far more than any file that people write has. */
const MAX_FACTS = 5000;
/** The longest subject and the longest value, in characters. */
const MAX_SUBJECT = 120;
const MAX_VALUE = 300;

/** Sees each file that can be read, once, before any is read for facts. */
export type OnSurveyed = (file: SourceFile) => void;

export interface CollectOptions {
  exports?: readonly ExportFile[];
  overrides?: readonly EnvironmentOverride[];
  onFile?: OnFile | undefined;
  onSurveyed?: OnSurveyed;
}

/**
 * Looks at each file once, for what it defines for others and for what may be in it, then gives those that may say something to every
 * reader that takes them. A file that cannot be read, or on which a reader fails, costs its own facts and is named in the coverage.
 */
export function collectFacts(
  repository: Repository,
  paths: readonly string[],
  readers: readonly Reader[],
  { exports = [], overrides = [], onFile = () => undefined, onSurveyed = () => undefined }: CollectOptions = {},
): Collected {
  const classed: ClassedFact[] = [];
  const coverage: Coverage = { files: paths.length, read: [], scanned: {}, unread: [...repository.unlisted] };
  const hidden: HiddenLines[] = [];
  const matched = new Candidates(readers);
  const survey = new Survey(repository, paths);
  const definitions = surveyFiles(survey, paths, matched, coverage, onFile, onSurveyed);
  for (const [index, path] of paths.entries()) {
    if (index % 2 === 0) onFile((paths.length + index) >> 1, paths.length);
    if (roleOf(path) === 'fixture') continue;
    const candidates = matched.of(path);
    const notYet = ['application', 'test'].includes(roleOf(path)) ? unreadFormat(path) : undefined;
    if (candidates.length === 0) {
      if (notYet !== undefined) coverage.unread.push({ path, reason: notYet });
      continue;
    }
    const reason = survey.reasonOf(index);
    if (reason !== undefined) {
      coverage.unread.push({ path, reason });
      continue;
    }
    const file = new SurveyedFile(survey, index, path);
    let taken = false;
    let isHidden =
      survey.hasLongLines(index) && candidates.some((reader) => reader.source) && file.program.hidden.length > 0;
    let told = false;
    const generated = candidates.some((reader) => reader.source) && isGenerated(file);
    for (const reader of fallbacksLast(candidates)) {
      // What a program writes decides nothing that its source does not.
      if (generated && reader.source) continue;
      if (reader.fallback && taken) continue;
      const result = readSafely(reader, reader.source ? file.code : file, definitions.get(reader.name) ?? NONE);
      if (result === null) continue;
      taken = true;
      // What was read whole as its format has nothing hidden.
      isHidden &&= reader.source === true;
      for (const reason of result.broken ?? []) coverage.unread.push({ path, reason: `${reader.name}: ${reason}` });
      const left = result.findings.length - MAX_FACTS;
      if (left > 0)
        coverage.unread.push({ path, reason: `${reader.name}: more than ${MAX_FACTS} facts; ${left} are left out` });
      let count = 0;
      for (const finding of result.findings.slice(0, MAX_FACTS)) {
        const fact = toFact(finding, path, reader, file.lines);
        if (!fact) continue;
        classed.push({ fact, class: classOfFinding(finding), ...(finding.except ? { except: finding.except } : {}) });
        count += 1;
      }
      told ||= !reader.source || count > 0;
      if (reader.source) coverage.scanned[reader.name] = (coverage.scanned[reader.name] ?? 0) + 1;
      if (!reader.source || count > 0) coverage.read.push({ path, reader: reader.name, facts: count });
    }
    if (!told && notYet !== undefined) coverage.unread.push({ path, reason: notYet });
    if (isHidden) hidden.push({ path, hidden: file.program.hidden, isPacked: file.program.isPacked });
    survey.drop(index);
  }
  coverage.unread.push(...hiddenLines(hidden));
  for (const { path, text, result } of exports) {
    // Tables pad their columns; the rules that withhold expect a key and its value side by side.
    const lines = splitLines(text).map((each) => each.replace(/(?<=\S)[ \t]{2,}/g, ' '));
    for (const reason of result.broken ?? []) coverage.unread.push({ path, reason: `export: ${reason}` });
    const found = result.findings.flatMap((finding) => {
      const fact = toFact(finding, path, { name: 'export' }, lines);
      return fact ? [{ fact, class: finding.class }] : [];
    });
    classed.push(...found);
    coverage.read.push({ path, reader: 'export', facts: found.length });
  }
  const reaches = new Map(readers.map(({ name, reach }) => [name, reach]));
  const reachOf = (reader: string) => reaches.get(reader) ?? EVERYWHERE;
  const pipelines = new Set(readers.filter((reader) => reader.pipeline).map((reader) => reader.name));
  const { facts, environments } = withOverrides(
    resolveNames(inOtherEnvironments(withoutParameterPaths(namedBySiblings(classed)), reachOf)),
    overrides,
    pipelines,
  );
  return { facts: sortFacts(facts), environments, coverage: sortCoverage(coverage), survey };
}

const NONE: readonly string[] = [];

/** A file whose text is made when a reader asks for it. */
class SurveyedFile implements SourceFile {
  readonly path: string;
  readonly words: FileWords;
  readonly #survey: Survey;
  readonly #index: number;
  #lines: readonly string[] | undefined;
  #program: ProgramLines | undefined;
  #code: SourceFile | undefined;

  constructor(survey: Survey, index: number, path: string) {
    this.path = path;
    this.words = survey.wordsOf(index);
    this.#survey = survey;
    this.#index = index;
  }

  get text(): string {
    return this.#survey.text(this.#index);
  }

  get lines(): readonly string[] {
    this.#lines ??= splitLines(this.text);
    return this.#lines;
  }

  /** The text without the lines that nobody wrote, and which those are. */
  get program(): ProgramLines {
    this.#program ??= withoutLongLines(this.text);
    return this.#program;
  }

  /** The same file as readers of program text see it. */
  get code(): SourceFile {
    this.#code ??= this.#survey.hasLongLines(this.#index) ? new Code(this) : this;
    return this.#code;
  }
}

/** A file without the lines that nobody wrote. */
class Code implements SourceFile {
  readonly path: string;
  readonly words: FileWords;
  readonly #whole: SurveyedFile;

  constructor(whole: SurveyedFile) {
    this.path = whole.path;
    this.words = whole.words;
    this.#whole = whole;
  }

  get text(): string {
    return this.#whole.program.text;
  }
}

function fallbacksLast(candidates: readonly Reader[]): readonly Reader[] {
  if (!candidates.some((reader) => reader.fallback)) return candidates;
  return [...candidates.filter((reader) => !reader.fallback), ...candidates.filter((reader) => reader.fallback)];
}

/** A list of readers, and those that begin with it. */
interface ReaderList {
  readers: readonly Reader[];
  longer: Map<Reader, ReaderList>;
}

function withOneMore(list: ReaderList, reader: Reader): ReaderList {
  const known = list.longer.get(reader) ?? { readers: [...list.readers, reader], longer: new Map() };
  list.longer.set(reader, known);
  return known;
}

/** The readers that take a path. Each that may is asked once a path; the few different lists are kept once. */
class Candidates {
  readonly #readers: readonly Reader[];
  readonly #byEnding = new Map<string, readonly Reader[]>();
  readonly #lists: ReaderList = { readers: [], longer: new Map() };
  readonly #byPath = new Map<string, readonly Reader[]>();

  constructor(readers: readonly Reader[]) {
    this.#readers = readers;
  }

  of(path: string): readonly Reader[] {
    const known = this.#byPath.get(path);
    if (known) return known;
    let list = this.#lists;
    for (const reader of this.#endingSo(path)) if (reader.matches(path)) list = withOneMore(list, reader);
    this.#byPath.set(path, list.readers);
    return list.readers;
  }

  #endingSo(path: string): readonly Reader[] {
    const ending = endingOf(path);
    const known =
      this.#byEnding.get(ending) ?? this.#readers.filter(({ endings }) => endings?.includes(ending) ?? true);
    this.#byEnding.set(ending, known);
    return known;
  }
}

/** What files define for each other, by reader. */
function surveyFiles(
  survey: Survey,
  paths: readonly string[],
  matched: Candidates,
  coverage: Coverage,
  onFile: OnFile,
  onSurveyed: OnSurveyed,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [index, path] of paths.entries()) {
    if (index % 2 === 0) onFile(index >> 1, paths.length);
    const candidates = roleOf(path) === 'fixture' ? [] : matched.of(path);
    if (candidates.length === 0 && languageOf(path) === undefined && !mayNameKeys(path) && !mayUseKeys(path)) continue;
    if (survey.look(index) !== undefined) continue;
    const file = new SurveyedFile(survey, index, path);
    for (const reader of candidates) {
      if (!reader.definitions) continue;
      const own = found.get(reader.name) ?? [];
      found.set(reader.name, own);
      try {
        for (const definition of reader.definitions(reader.source ? file.code : file)) own.push(definition);
      } catch (error) {
        coverage.unread.push({ path, reason: `${reader.name}: ${failureOf(error)}` });
      }
    }
    onSurveyed(file);
    if (candidates.some((reader) => !reader.source) || (candidates.length > 0 && !survey.isBare(index)))
      survey.keep(index);
  }
  return found;
}

function readSafely(reader: Reader, file: SourceFile, definitions: readonly string[]): ReadResult | null {
  try {
    return reader.read(file, definitions);
  } catch (error) {
    // A defect of the reader must not cost more than this file.
    return { findings: [], broken: [failureOf(error)] };
  }
}

/** The message of an error may quote the file, so only its kind is told. */
function failureOf(error: unknown): string {
  return `the reader failed (${error instanceof Error ? error.name : 'unknown error'})`;
}

/** The same few names stand in most facts. */
const toldShapes = oncePerText(redactShapes);

function toFact(
  finding: Finding,
  path: string,
  reader: Pick<Reader, 'name'>,
  lines: readonly string[],
): Fact | undefined {
  const line = Math.min(Math.max(1, finding.line), Math.max(1, lines.length));
  // A name may be built from a value, and a value from a part of one.
  const named = (text: string): string => cut(oneLine(withoutHidden(toldShapes(text), lines, line)), MAX_SUBJECT);
  const subject = named(finding.subject);
  const environment = named(finding.environment);
  if (subject === '' || environment === '') return undefined;
  const value =
    HOLDS_COMMAND.has(finding.attribute) && typeof finding.value === 'string'
      ? redactLine(finding.value)
      : finding.value;
  const told = finding.secret ? null : reportable(HOLDS_VALUE.has(finding.attribute) ? subject : 'reference', value);
  return {
    surface: finding.surface,
    subject,
    attribute: finding.attribute,
    value: typeof told === 'string' ? cut(oneLine(withoutHidden(told, lines, line)), MAX_VALUE) : told,
    environment,
    ...(finding.unit ? { unit: named(finding.unit) } : {}),
    reader: reader.name,
    evidence: { path, line, excerpt: withoutValue(excerptAt(lines, line), told === null ? value : null) },
  };
}

/** Long enough to tell something of a credential. */
const PART = /[\w-]{9,}/g;
/** What is looked at, in characters; what is told is shorter. */
const MAX_PARTS = 1000;

/** A text without those parts of its line that are withheld there: a reader may have taken a credential apart, so that no shape tells it. */
function withoutHidden(text: string, lines: readonly string[], line: number): string {
  return cut(text, MAX_PARTS).replace(PART, (part) => {
    if (!isMixed(part) || !(lines[line - 1] ?? '').includes(part)) return part;
    return wholeExcerptAt(lines, line).includes(part) ? part : WITHHELD;
  });
}

/** Letters and two digits at least: most names have fewer. */
function isMixed(text: string): boolean {
  return /[A-Za-z]/.test(text) && (text.match(/\d/g) ?? []).length > 1;
}

/** A line without a value that is withheld: its key may stand on another line (`- name: KEY`, `value: x`), or far to the left. */
function withoutValue(line: string, withheld: Value): string {
  const text = typeof withheld === 'string' ? (withheld.trim().split('\n')[0] ?? '') : '';
  if (text === '' || isReference(text)) return line;
  const written = [JSON.stringify(text).slice(1, -1), text].find((each) => line.includes(each));
  if (written === undefined) return line;
  // A value may stand in its own key: `password: "password"`.
  const key = /^\s*(?:[-{]\s*)*["'`]?[\w.-]*["'`]?\s*(?:=>?|:)/.exec(line)?.[0] ?? '';
  if (key.includes(written) && line.includes(written, key.length))
    return `${key}${line.slice(key.length).replaceAll(written, WITHHELD)}`;
  const at = written.length < 4 ? line.lastIndexOf(written) : line.indexOf(written);
  return `${line.slice(0, at)}${WITHHELD}${line.slice(at + written.length).replaceAll(written, WITHHELD)}`;
}

function classOfFinding(finding: Finding): EnvironmentClass | undefined {
  if (finding.environment === 'shared') return undefined;
  return finding.class ?? classOf(finding.environment) ?? 'staging';
}

function sortFacts(facts: readonly Fact[]): Fact[] {
  const keyed = facts.map((fact) => ({ fact, key: factKey(fact) })).sort((a, b) => byCodeUnit(a.key, b.key));
  return keyed.filter((each, index) => index === 0 || each.key !== keyed[index - 1]?.key).map((each) => each.fact);
}

function factKey(fact: Fact): string {
  const { evidence } = fact;
  const line = String(evidence.line).padStart(7, '0');
  return [
    fact.surface,
    fact.subject,
    fact.attribute,
    fact.environment,
    evidence.path,
    line,
    fact.unit ?? '',
    fact.reader,
    typeof fact.value,
    String(fact.value),
  ].join('\u0000');
}

function sortCoverage(coverage: Coverage): Coverage {
  const byPath = (a: { path: string }, b: { path: string }) => byCodeUnit(a.path, b.path);
  return {
    files: coverage.files,
    read: coverage.read.sort((a, b) => byPath(a, b) || byCodeUnit(a.reader, b.reader)),
    scanned: Object.fromEntries(Object.entries(coverage.scanned).sort(([a], [b]) => byCodeUnit(a, b))),
    unread: coverage.unread.sort((a, b) => byPath(a, b) || byCodeUnit(a.reason, b.reason)),
  };
}
