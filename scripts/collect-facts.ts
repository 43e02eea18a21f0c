import { classOf } from './environments/names.ts';
import type { Coverage, Environment, EnvironmentClass, Fact } from './model.ts';
import { byCodeUnit } from './output/json.ts';
import { cut, excerptOf, oneLine } from './output/text.ts';
import type { Finding, Reader, ReadResult } from './readers/reader.ts';
import { roleOf } from './repository/path-role.ts';
import type { Repository } from './repository/repository.ts';
import { reportable } from './secrets/withhold.ts';
import { splitLines } from './syntax/lines.ts';

export interface Collected {
  facts: Fact[];
  environments: Environment[];
  coverage: Coverage;
}

/** How many lines are kept as evidence of an environment. */
const EVIDENCE_PER_ENVIRONMENT = 3;
/** The longest subject and the longest value, in characters. */
const MAX_SUBJECT = 120;
const MAX_VALUE = 300;

/**
 * Reads each file once and gives it to every reader that takes it. A file that cannot be read, or on which a reader fails,
 * costs its own facts and is named in the coverage.
 */
export function collectFacts(repository: Repository, paths: readonly string[], readers: readonly Reader[]): Collected {
  const facts: Fact[] = [];
  const classes = new Map<string, EnvironmentClass>();
  const coverage: Coverage = { files: paths.length, read: [], scanned: {}, unread: [...repository.unlisted] };
  for (const path of paths) {
    if (roleOf(path) === 'fixture') continue;
    const candidates = readers.filter((reader) => reader.matches(path));
    if (candidates.length === 0) continue;
    const file = repository.read(path);
    if (!file.ok) {
      coverage.unread.push({ path, reason: file.reason });
      continue;
    }
    const lines = splitLines(file.text);
    for (const reader of candidates) {
      const result = readSafely(reader, { path, text: file.text });
      if (result === null) continue;
      for (const reason of result.broken ?? []) coverage.unread.push({ path, reason: `${reader.name}: ${reason}` });
      const found = result.findings.flatMap((finding) => toFact(finding, path, reader, lines) ?? []);
      for (const finding of result.findings) noteClass(classes, finding);
      facts.push(...found);
      if (reader.source) coverage.scanned[reader.name] = (coverage.scanned[reader.name] ?? 0) + 1;
      if (!reader.source || found.length > 0) coverage.read.push({ path, reader: reader.name, facts: found.length });
    }
  }
  const sorted = sortFacts(facts);
  return { facts: sorted, environments: environmentsOf(sorted, classes), coverage: sortCoverage(coverage) };
}

function readSafely(reader: Reader, file: { path: string; text: string }): ReadResult | null {
  try {
    return reader.read(file);
  } catch (error) {
    // A defect of the reader must not cost more than this file. The message may quote the file, so only its kind is told.
    const kind = error instanceof Error ? error.name : 'unknown error';
    return { findings: [], broken: [`the reader failed (${kind})`] };
  }
}

function toFact(finding: Finding, path: string, reader: Reader, lines: readonly string[]): Fact | undefined {
  const line = Math.min(Math.max(1, finding.line), Math.max(1, lines.length));
  const subject = cut(oneLine(finding.subject), MAX_SUBJECT);
  const environment = cut(oneLine(finding.environment), MAX_SUBJECT);
  if (subject === '' || environment === '') return undefined;
  const told = reportable(finding.surface === 'config' ? subject : finding.attribute, finding.value);
  return {
    surface: finding.surface,
    subject,
    attribute: finding.attribute,
    value: typeof told === 'string' ? cut(oneLine(told), MAX_VALUE) : told,
    environment,
    ...(finding.unit ? { unit: cut(oneLine(finding.unit), MAX_SUBJECT) } : {}),
    reader: reader.name,
    evidence: { path, line, excerpt: excerptOf(lines[line - 1] ?? '') },
  };
}

function noteClass(classes: Map<string, EnvironmentClass>, finding: Finding): void {
  if (finding.environment === 'shared') return;
  const found = finding.class ?? classOf(finding.environment) ?? 'staging';
  // Where files disagree on what a name stands for, the deployed meaning wins: people share it.
  const known = classes.get(finding.environment);
  if (known === undefined || (known === 'local' && found !== 'local') || (known === 'test' && found === 'staging')) {
    classes.set(finding.environment, found);
  }
}

function environmentsOf(facts: readonly Fact[], classes: ReadonlyMap<string, EnvironmentClass>): Environment[] {
  const names = [...classes.keys()].sort(byCodeUnit);
  return names.flatMap((name) => {
    const own = facts.filter((fact) => fact.environment === name).map((fact) => fact.evidence);
    const evidence = own.filter((each, index) => own.findIndex((other) => other.path === each.path) === index);
    const cls = classes.get(name);
    return cls && evidence.length > 0
      ? [{ name, class: cls, evidence: evidence.slice(0, EVIDENCE_PER_ENVIRONMENT) }]
      : [];
  });
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
