import type { Evidence, Inspection } from '../../../scripts/model.ts';
import { MAX_EXCERPT } from '../../../scripts/output/text.ts';
import { assertInspection } from '../../../scripts/schema.ts';
import { findAnchor } from '../../../scripts/skill/citation.ts';
import { splitLines } from '../../../scripts/syntax/lines.ts';

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2060-\u2069]/;

/** Throws where an inspection does not keep what every inspection promises, whatever the files say. */
export function assertSound(inspection: Inspection, files: ReadonlyMap<string, string>): void {
  assertInspection(inspection, 'the inspection');
  const failed = inspection.coverage.unread.find(({ reason }) => reason.includes('the reader failed'));
  if (failed) throw new Error(`${failed.path}: ${failed.reason}`);
  assertPrintable(inspection);
  const lines = new Map([...files].map(([path, text]) => [path, splitLines(text)]));
  for (const evidence of evidenceOf(inspection)) assertHolds(evidence, lines);
  for (const list of [inspection.drift, [...inspection.questions, ...(inspection.unasked ?? [])]]) {
    const ids = list.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) throw new Error(`the id ${twice} stands twice`);
  }
}

/** What an evidence says is so: its line lies in its file, and a citation made of it holds. */
function assertHolds({ path, line, excerpt }: Evidence, lines: ReadonlyMap<string, readonly string[]>): void {
  const own = lines.get(path);
  if (own === undefined) throw new Error(`evidence of ${path}, which is no file`);
  if (line > own.length) throw new Error(`evidence of line ${line} of ${path}, which has ${own.length} lines`);
  if (excerpt.length > MAX_EXCERPT) throw new Error(`an excerpt of ${excerpt.length} characters, ${path}:${line}`);
  if (excerpt === '') return;
  const { state } = findAnchor({ path, line, text: excerpt }, () => own);
  if (state !== 'holds') throw new Error(`${path}:${line} does not say ${JSON.stringify(excerpt)}`);
}

function evidenceOf({ environments, facts, drift, questions, unasked = [], leads }: Inspection): Evidence[] {
  return [
    ...environments.flatMap(({ evidence }) => evidence),
    ...facts.map(({ evidence }) => evidence),
    ...leads.map(({ evidence }) => evidence),
    ...drift.flatMap((each) => [
      ...each.sides.flatMap(({ evidence }) => evidence),
      ...(each.evidence ?? []),
      ...(each.intent ?? []),
      ...(each.guardedBy ?? []),
      ...(each.registered ? [each.registered] : []),
    ]),
    ...[...questions, ...unasked].flatMap(({ because }) => because),
  ];
}

/** Throws where a text of a value is more than one line, or holds what a terminal obeys. */
export function assertPrintable(value: unknown): void {
  if (typeof value === 'string') {
    if (UNPRINTABLE.test(value)) throw new Error(`a text that acts: ${JSON.stringify(value.slice(0, 200))}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      assertPrintable(key);
      assertPrintable(each);
    }
  }
}
