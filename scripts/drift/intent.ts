import vocabulary from '../../resources/intent-words.json' with { type: 'json' };
import { classOf } from '../environments/names.ts';
import type { Drift, Evidence, Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { excerptOf } from '../output/text.ts';
import { roleOf } from '../repository/path-role.ts';
import type { Repository } from '../repository/repository.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, items, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { onePerLine } from './one-per-line.ts';

const reasons = new RegExp(`(?<![\\w-])(?:${vocabulary.reasons.map(escapePattern).join('|')})(?![\\w-])`, 'i');
const decisions = new RegExp(vocabulary.decisions, 'i');
const COMMENT = /^\s*(?:#(?!!)|\/\/|\/?\*|<!--|--\s|;|\{\{-?\s*\/\*)/;
const TRAILING = /\s(?:#|\/\/)\s+(\S.*)$/;
/** A comment goes on for a few lines; more is a licence or a manual. */
const ABOVE = 4;
/** The most lines that explain one drift. */
const MAX_LINES = 4;
const REGISTER = /(?:^|\/)[a-z0-9-]+-production-parity\/parity-map\.ya?ml$/;
/** Words of a subject that are worth looking for in a record of decisions. */
const TELLING = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9-]{4,40})$/;

/**
 * Each drift with the lines that say why it is so: a comment with a reason right above or behind one of its lines, a record of a
 * decision that names its subject, a refusal of the program; and with its entry in a register that the repository has already.
 */
export function explainDrift(repository: Repository, drift: readonly Drift[], facts: readonly Fact[]): Drift[] {
  const linesOf = reader(repository);
  const records = repository.files.filter((path) => decisions.test(path)).sort(byCodeUnit);
  const registered = registeredIn(repository, linesOf);
  const refused = facts.filter((fact) => fact.attribute === 'refused');
  const tested = settingsOfTests(facts);
  return drift.map((each) => {
    const intent = onePerLine([
      ...each.sides.flatMap((side) => commentsAt(side.evidence, linesOf(side.evidence.path))),
      ...recordsOf(each, records, linesOf),
      ...refused.filter((fact) => namesOf(each).includes(fact.subject)).map((fact) => fact.evidence),
    ]).filter((line) => !each.sides.some((side) => isSame(side.evidence, line)));
    const entry = registered.get(each.id);
    const guards = testsOf(each, tested, linesOf);
    return {
      ...each,
      ...(guards.length > 0 ? { guardedBy: guards.slice(0, MAX_LINES) } : {}),
      ...(intent.length > 0 ? { intent: intent.slice(0, MAX_LINES) } : {}),
      ...(entry ? { registered: entry } : {}),
    };
  });
}

function reader(repository: Repository): (path: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const files = new Set(repository.files);
  return (path) => {
    const read = known.get(path);
    if (read) return read;
    const file = files.has(path) ? repository.read(path) : undefined;
    const lines = file?.ok ? splitLines(file.text) : [];
    known.set(path, lines);
    return lines;
  };
}

/** The comment with a reason that stands right above a line, or behind it. */
function commentsAt({ path, line }: Evidence, lines: readonly string[]): Evidence[] {
  const found: Evidence[] = [];
  const own = TRAILING.exec(lines[line - 1] ?? '')?.[1];
  if (own !== undefined && reasons.test(own)) found.push({ path, line, excerpt: excerptOf(lines[line - 1] ?? '') });
  for (let index = line - 2; index >= 0 && index >= line - 1 - ABOVE; index -= 1) {
    const text = lines[index] ?? '';
    if (!COMMENT.test(text)) break;
    if (reasons.test(text)) found.unshift({ path, line: index + 1, excerpt: excerptOf(text) });
  }
  return found;
}

/** The first line of each record of a decision that names what the drift is about in its title or its name. */
function recordsOf(drift: Drift, records: readonly string[], linesOf: (path: string) => readonly string[]): Evidence[] {
  const names = namesOf(drift).filter((name) => TELLING.test(name));
  return records.flatMap((path) => {
    const lines = linesOf(path);
    const title = lines.findIndex((line) => /^#\s|^=\s|^title:/i.test(line));
    const text = `${path.split('/').at(-1) ?? ''} ${lines[title] ?? ''}`.toLowerCase();
    const named = names.some((name) =>
      new RegExp(`(?<![a-z0-9])${escapePattern(name.toLowerCase())}(?![a-z0-9])`).test(text),
    );
    return named ? [{ path, line: Math.max(1, title + 1), excerpt: excerptOf(lines[Math.max(0, title)] ?? '') }] : [];
  });
}

interface Tested {
  fact: Fact;
  /** Its place among all facts. */
  index: number;
}

/** What tests set, by subject. */
function settingsOfTests(facts: readonly Fact[]): ReadonlyMap<string, readonly Tested[]> {
  const found = new Map<string, Tested[]>();
  facts.forEach((fact, index) => {
    if (!['set-in-code', 'value'].includes(fact.attribute) || roleOf(fact.evidence.path) !== 'test') return;
    const own = found.get(fact.subject) ?? [];
    own.push({ fact, index });
    found.set(fact.subject, own);
  });
  return found;
}

/** The lines of tests that set the drift's key as production has it, in files that name one of the drift's own modules. */
function testsOf(
  drift: Drift,
  tested: ReadonlyMap<string, readonly Tested[]>,
  linesOf: (path: string) => readonly string[],
): Evidence[] {
  const modules = drift.sides.map((side) => (side.evidence.path.split('/').at(-1) ?? '').replace(/\..*$/, ''));
  const production = new Set(
    drift.sides.filter((side) => classOf(side.environment) === 'production').map((side) => String(side.value)),
  );
  return [...new Set(namesOf(drift))]
    .flatMap((name) => tested.get(name) ?? [])
    .sort((a, b) => a.index - b.index)
    .map(({ fact }) => fact)
    .filter((fact) => classOf(String(fact.value)) === 'production' || production.has(String(fact.value)))
    .filter((fact) =>
      linesOf(fact.evidence.path).some((line) =>
        modules.some((name) => name.length > 3 && /import|require|from/.test(line) && line.includes(name)),
      ),
    )
    .map((fact) => fact.evidence);
}

/** The words that a drift's subject is known by. */
function namesOf(drift: Drift): string[] {
  return drift.subject.split(' ').filter((word) => word.length > 2);
}

/** The entries of parity maps that stand in the repository, by id. */
function registeredIn(
  repository: Repository,
  linesOf: (path: string) => readonly string[],
): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const path of repository.files.filter((each) => REGISTER.test(each)).sort(byCodeUnit)) {
    const lines = linesOf(path);
    for (const document of parseYaml(lines.join('\n')).documents)
      for (const entry of items(at(document, 'register'))) {
        const id = textAt(entry, 'id');
        const line = at(entry, 'id')?.line;
        if (id && line) found.set(id, { path, line, excerpt: excerptOf(lines[line - 1] ?? '') });
      }
  }
  return found;
}

function isSame(a: Evidence, b: Evidence): boolean {
  return a.path === b.path && a.line === b.line;
}
