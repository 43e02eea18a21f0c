import type { Inspection } from '../../../scripts/model.ts';
import { type Canary, leaks, plainCanary, shapedCanaries } from './canaries.ts';
import { outputsOf } from './outputs.ts';
import { commentMark, filesOf, plantComments, plantKeys, plantValues } from './plant.ts';

export interface Leak {
  format: string;
  canary: string;
  way: string;
  excerpt: string;
}

/** The canaries that stand in the outputs about one format after they were planted in one way. */
function leaksOf(format: string, way: string, files: ReadonlyMap<string, string>, planted: readonly Canary[]): Leak[] {
  const { inspection, json, summary, map } = outputsOf(files);
  // A planted key may stand where a name or a tool is expected; only what a setting is set to counts there, and every line shown.
  const all = way.startsWith('keys') ? settingsOf(inspection) : `${json}\n${summary}\n${map}`;
  return [...new Set(planted)]
    .filter((each) => leaks(all, each))
    .map((each) => ({
      format,
      canary: each.name,
      way,
      excerpt: all.split('\n').find((line) => leaks(line, each)) ?? '',
    }));
}

function settingsOf({ facts, leads, drift, questions }: Inspection): string {
  const evidence = [
    ...facts.map((each) => each.evidence),
    ...leads.map((each) => each.evidence),
    ...drift.flatMap((each) => each.sides.flatMap((side) => side.evidence)),
    ...questions.flatMap((each) => each.because),
  ];
  const values = facts
    .filter((each) => /db_?password$/i.test(each.subject) && each.attribute === 'value')
    .map((each) => String(each.value));
  return [...evidence.map((each) => each.excerpt), ...values].join('\n');
}

/** Plants canaries as values, under secret keys and in comments of one format. */
export function measure(format: string, phases: number, canaries = shapedCanaries): { leaks: Leak[]; planted: number } {
  const files = filesOf(`readers/${format}`);
  const found: Leak[] = [];
  let planted = 0;
  const run = (
    way: string,
    plant: (text: string, path: string) => { text: string; planted: readonly Canary[] },
  ): void => {
    const own: Canary[] = [];
    const changed = new Map<string, string>();
    for (const [path, text] of files) {
      const result = plant(text, path);
      changed.set(path, result.text);
      own.push(...result.planted);
    }
    planted += own.length;
    found.push(...leaksOf(format, way, changed, own));
  };
  for (let phase = 0; phase < phases; phase += 1) {
    run(`values ${phase}`, (text) => plantValues(text, canaries, phase, phases));
    run(`keys ${phase}`, (text) => plantKeys(text, plainCanary, phase, phases));
  }
  run('comments', (text, path) => {
    const mark = commentMark(path);
    return mark === undefined
      ? { text, planted: [] }
      : { text: plantComments(text, mark, canaries), planted: canaries };
  });
  return { leaks: found, planted };
}
