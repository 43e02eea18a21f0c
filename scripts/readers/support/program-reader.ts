import { roleOf } from '../../repository/path-role.ts';
import { endingsOf, isWrittenIn, type LanguageName } from '../../syntax/languages.ts';
import { matchesIn, type Searched, sought, soughtTexts } from '../../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from '../reader.ts';
import { accessesIn, type ConfigRead, type ConfigWrite, findingsOf, type ReadPattern } from './config-reads.ts';
import { decisionFindings, mayDecide } from './decision-findings.ts';
import type { Branch } from './environment-branches.ts';
import { environmentDefinitionsIn } from './environment-definitions.ts';
import { isProgramOfApplication } from './program-of-application.ts';
import { type ProgramText, programText, type Span } from './source.ts';
import { definitionsIn, patternsOf, sharedOf } from './wrappers.ts';

/** What is particular to a language's way of reading configuration. */
export interface ProgramProfile {
  language: LanguageName;
  /** What it reads, for the README's table. */
  reads: string;
  /** Without one of these a file reads no configuration, unless through another file's function. */
  hints: readonly string[];
  /** Whether a file may read configuration in ways that no single word tells. */
  hintedBy?(file: Searched): boolean;
  /** How a key is read. */
  patterns(program: ProgramText, path: string): readonly ReadPattern[];
  /** How a key that a variable names is read; the first group is the variable. */
  readByVariable: RegExp;
  /** Reads that no pattern tells. */
  others?(program: ProgramText, path: string, definitions: readonly string[]): readonly ConfigRead[];
  /** What a file defines for other files in ways of its language's own. */
  defines?(file: SourceFile, program: () => ProgramText): readonly string[];
  /** What it sets in ways that no pattern tells. */
  writes?(program: ProgramText): readonly ConfigWrite[];
  /** Branches that compare no key: helpers of frameworks, annotations. */
  branches?(program: ProgramText, reads: readonly ConfigRead[]): readonly Branch[];
  /** What of a file's text is program text, in the same length and lines; all of it unless told. */
  programIn?(file: SourceFile): string;
  /** Stretches that are tests within a file of the application. */
  tests?(program: ProgramText): readonly Span[];
  /** Whether the path alone makes the file a candidate; the language's files unless told. */
  matches?(path: string): boolean;
}

/** A reader of one language's config reads and environment branches. */
export function programReader(profile: ProgramProfile): Reader {
  const { language } = profile;
  const hints = soughtTexts(profile.hints, profile.matches ? undefined : language);
  const readByVariable = sought(profile.readByVariable, profile.matches ? undefined : language);
  const textOf = (file: SourceFile) => profile.programIn?.(file) ?? file.text;
  return {
    name: language,
    reads: profile.reads,
    reach: EVERYWHERE,
    source: true,
    ...(profile.matches ? {} : { endings: endingsOf(language) }),
    matches: (path) => (profile.matches?.(path) ?? isWrittenIn(language, path)) && isProgramOfApplication(path),
    definitions(file) {
      const program = () => programText(file.path, textOf(file), language);
      const wrappers = definitionsIn(file, program, readByVariable);
      const defined = [...wrappers, ...(profile.defines?.(file, program) ?? [])];
      if (roleOf(file.path) === 'test') return defined;
      const readsOf = (own: ProgramText) =>
        accessesIn(own, [...profile.patterns(own, file.path), ...patternsOf(sharedOf(wrappers).wrappers, file, true)])
          .reads;
      return [...defined, ...environmentDefinitionsIn(file, program, readsOf, profile.branches)];
    },
    read(file, definitions = []) {
      const shared = sharedOf(definitions);
      const wrappers = patternsOf(shared.wrappers, file, true);
      const hinted =
        wrappers.length > 0 ||
        profile.hintedBy?.(file) === true ||
        matchesIn(file, hints) ||
        mayDecide(file, definitions);
      if (!hinted) return { findings: [] };
      const program = programText(file.path, textOf(file), language, shared.constants);
      const access = accessesIn(program, [...profile.patterns(program, file.path), ...wrappers]);
      access.reads.push(...(profile.others?.(program, file.path, definitions) ?? []));
      access.writes.push(...(profile.writes?.(program) ?? []));
      const more = profile.branches?.(program, access.reads);
      const findings = [
        ...findingsOf(program, file.path, access),
        ...decisionFindings(program, file.path, access.reads, definitions, more),
      ];
      return { findings: withTests(program, file.path, findings, profile.tests?.(program) ?? []) };
    },
  };
}

const DECISIONS = new Set(['branch', 'arm', 'taken', 'choice', 'implementation', 'fails-open']);

/** What stands among a file's own tests holds under test; what branches there tells nothing. */
function withTests(program: ProgramText, path: string, findings: Finding[], tests: readonly Span[]): Finding[] {
  if (tests.length === 0 || roleOf(path) === 'test') return findings;
  const lines = new Set<number>();
  let done = 0;
  for (const { start, end } of tests.toSorted((a, b) => a.start - b.start)) {
    const last = program.line(end);
    for (let line = Math.max(done + 1, program.line(start)); line <= last; line += 1) lines.add(line);
    done = Math.max(done, last);
  }
  return findings.flatMap((finding) => {
    if (!lines.has(finding.line)) return [finding];
    return DECISIONS.has(finding.attribute) ? [] : [{ ...finding, environment: 'test' }];
  });
}
