import { expect, test } from 'vitest';
import { draftMap } from '../../scripts/skill/draft-map.ts';
import { mergeMap } from '../../scripts/skill/merge-map.ts';
import { printMap } from '../../scripts/skill/print-map.ts';
import { readMap } from '../../scripts/skill/read-map.ts';
import { evidence, inspectionWith, missingDrift, versionDrift } from '../support/parity-maps.ts';

const FILES: { [path: string]: string[] } = {
  'ci.yml': ['name: ci', '', '', '', '', '', '', 'image: postgres:14'],
  'deploy/eu.yaml': ['env: prod-eu'],
  'deploy/db.yaml': [
    ...Array(4).fill(''),
    'namespace: production',
    ...Array(6).fill(''),
    'image: postgres:16.4',
    ...Array(17).fill(''),
    'GROUP: staff',
  ],
  'deploy/redis.yaml': ['', '', 'kind: Redis'],
};
const drafted = printMap(draftMap(inspectionWith(versionDrift()), []));
const written = drafted
  .replace(/reason: "TODO: .*"/, 'reason: The runner is old # see the board, 12 June')
  .replace('production: "production: 16.4 (deploy/db.yaml)"', 'production: The cluster runs 16.4')
  .replace('register:', '# Reviewed by Ines.\nregister:');

function merged(text: string, inspection = inspectionWith(versionDrift()), files = FILES) {
  const result = mergeMap(readMap(text, 'm.yaml'), draftMap(inspection, []), (path) => files[path], inspection);
  return { ...result, map: readMap(result.text, 'm.yaml').map };
}

test('changes nothing where nothing changed', () => {
  expect(merged(drafted)).toMatchObject({ text: drafted, notes: [] });
  expect(merged(written)).toMatchObject({ text: written, notes: [] });
});

test('keeps what people wrote, comments too, and adds what is new', () => {
  const { map, text, notes } = merged(written, inspectionWith(versionDrift(), missingDrift()));
  expect(map.register[0]).toMatchObject({ reason: 'The runner is old', production: 'The cluster runs 16.4' });
  expect(text).toContain('# see the board, 12 June');
  expect(text).toContain('# Reviewed by Ines.');
  expect(map.register.map((each) => each.subject)).toEqual(['postgresql', 'redis']);
  expect(notes).toContain('new: register service-only-in:redis:ci');
});

test('an entry whose difference is gone stays and is told', () => {
  const { map, notes } = merged(written, inspectionWith());
  expect(map.register).toHaveLength(1);
  expect(notes).toEqual([expect.stringContaining('gone: register version-mismatch:postgresql:ci')]);
});

test('an entry that people found by hand is theirs: nothing calls it gone', () => {
  const byHand = written.replaceAll('version-mismatch:postgresql:ci', 'by-hand:postgresql');
  expect(merged(byHand, inspectionWith()).notes).toEqual([]);
});

test('values that changed are refreshed and told; judgement stays', () => {
  const files = { ...FILES, 'ci.yml': FILES['ci.yml']?.with(7, 'image: postgres:15') ?? [] };
  const { map, notes } = merged(written, inspectionWith(versionDrift('15')), files);
  expect(map.register[0]).toMatchObject({
    title: 'postgresql: production runs 16.4, ci has 15',
    nonProduction: 'ci: 15 (ci.yml)',
    reason: 'The runner is old',
  });
  expect(map.register[0]?.citations.map((each) => each.text)).toEqual(['image: postgres:16.4', 'image: postgres:15']);
  expect(notes).toContainEqual(
    expect.stringMatching(/^changed: register .* check that its reason, risk and guard still hold$/),
  );
});

test('lines of citations follow their text', () => {
  const files = { ...FILES, 'ci.yml': ['# a comment', ...(FILES['ci.yml'] ?? [])] };
  const { map } = merged(written, inspectionWith(), files);
  expect(map.register[0]?.citations.map((each) => each.line)).toEqual([12, 9]);
});

test('what a person moved to the open risks is not registered again', () => {
  const { id, title, severity } = versionDrift();
  const moved = drafted
    .replace(/\nregister:\n[\s\S]*?\n# What was asked/, '\nregister: []\n\n# What was asked')
    .replace('openRisks: []', `openRisks:\n  - id: ${id}\n    title: "${title}"\n    severity: ${severity}`);
  const { map, notes } = merged(moved);
  expect(map.register).toEqual([]);
  expect(map.openRisks).toHaveLength(1);
  expect(notes).toEqual([]);
});

test('what a person deleted of an earlier draft stays deleted; what is new since is added', () => {
  const without = drafted.replace(/\nproductionTruth:\n[\s\S]*?\n\n/, '\nproductionTruth: []\n\n');
  expect(without).not.toBe(drafted);
  expect(merged(without)).toMatchObject({ map: { productionTruth: [] }, notes: [] });
  const unknown = without.replace(/^ +- "productionTruth: .*\n/gm, '');
  expect(merged(unknown).map.productionTruth).toHaveLength(1);
});

test('a difference that reaches another environment keeps what people wrote, under its new id, and is marked', () => {
  const wider = {
    ...versionDrift(),
    id: 'version-mismatch:postgresql:ci+local',
    title: 'postgresql: ci has 14, local 15',
  };
  const { map, text, notes } = merged(written, inspectionWith(wider));
  expect(map.register).toMatchObject([{ id: wider.id, title: wider.title, reason: 'The runner is old' }]);
  expect(text).toContain('# see the board, 12 June');
  expect(text).toMatch(/ # draft: changed: was version-mismatch:postgresql:ci; it holds for local too; .*\n +- id:/);
  expect(notes).toEqual([expect.stringContaining('changed: register version-mismatch:postgresql:ci+local')]);
});

test('an entry whose difference is gone is marked once, and the mark goes when it is back', () => {
  const gone = merged(written, inspectionWith()).text;
  expect(gone.match(/# draft: gone: /g)).toHaveLength(1);
  expect(merged(gone, inspectionWith()).text).toBe(gone);
  expect(merged(gone).text).not.toContain('# draft:');
});

test('what people worded anew stays so on an unchanged repository, and what they took out of an entry stays out', () => {
  const reworded = written
    .replace('severity: high', 'severity: medium')
    .replace(/title: .*/, 'title: CI is two versions behind')
    .replace(/ {6}- path: ci\.yml\n {8}line: 8\n.*\n/, '');
  expect(reworded).toContain('title: CI is two versions behind');
  expect(merged(reworded)).toMatchObject({ text: reworded, notes: [] });
});

test('of a difference whose values changed only what nobody worded anew is brought up to date', () => {
  const reworded = written.replace('severity: high', 'severity: medium');
  const files = { ...FILES, 'ci.yml': FILES['ci.yml']?.with(7, 'image: postgres:15') ?? [] };
  const { map, text } = merged(reworded, inspectionWith(versionDrift('15')), files);
  expect(map.register[0]).toMatchObject({
    title: 'postgresql: production runs 16.4, ci has 15',
    severity: 'medium',
    production: 'The cluster runs 16.4',
    nonProduction: 'ci: 15 (ci.yml)',
  });
  expect(text).toContain('# draft: changed: "postgresql: production runs 16.4, ci has 14" is');
});

test('an entry that has come to rest on another line is marked, be it registered or dismissed', () => {
  const drift = versionDrift();
  const more = { environment: 'ci', value: '14', evidence: evidence('ci.yml', 20, 'image: postgres:14-alpine') };
  const grown = { ...drift, sides: [...drift.sides, more] };
  const register = merged(written, inspectionWith(grown));
  expect(register.notes).toEqual([expect.stringContaining('it rests on 1 more line than before (ci.yml:20)')]);
  expect(register.text).toContain('# draft: changed: it rests on 1 more line');
  // A line that was only edited takes the place of another.
  const edited = { ...drift, sides: [...drift.sides.slice(0, 1), more] };
  expect(merged(written, inspectionWith(edited)).notes).toEqual([]);
  const dismissed = written
    .replace(/\nregister:\n[\s\S]*?\n# What was asked/, '\nregister: []\n\n# What was asked')
    .replace('openRisks: []', `openRisks: []\n\ndismissed:\n  - id: ${drift.id}\n    reason: one file says so`);
  expect(merged(dismissed, inspectionWith(grown)).text).toContain('# draft: changed: it rests on 1 more line');
});
