import { expect, test } from 'vitest';
import builder from '../../package.json' with { type: 'json' };
import { citationFindings } from '../../scripts/checking/citations.ts';
import { goneDifferences } from '../../scripts/checking/gone-differences.ts';
import { missingGuards } from '../../scripts/checking/guards.ts';
import { grownFindings, newDrift } from '../../scripts/checking/new-drift.ts';
import { digestOfLine, linesOfDrift } from '../../scripts/drift/lines-of-drift.ts';
import type { Drift, Fact } from '../../scripts/model.ts';
import { filledMap, missingDrift, versionDrift } from '../support/parity-maps.ts';

/** A repository without files. */
const NOTHING = () => undefined;
const lineOf = (...keys: (string | number)[]): number => keys.length;

test('new drift: what neither the register nor the open risks name, at the side to mend', () => {
  const drift = [versionDrift(), missingDrift()];
  expect(newDrift({ drift, facts: [] }, filledMap())).toEqual([
    expect.objectContaining({ code: 'new-drift', level: 'error', path: 'ci.yml', line: 1 }),
  ]);
  expect(newDrift({ drift, facts: [] }, { ...filledMap(), register: [] })[0]).toMatchObject({
    path: 'ci.yml',
    line: 8,
  });
  const { id, title, severity } = missingDrift();
  expect(newDrift({ drift, facts: [] }, { ...filledMap(), openRisks: [{ id, title, severity }] })).toEqual([]);
});

test('gone differences: entries without drift, but no open risk that a decision raised', () => {
  const map = filledMap();
  expect(goneDifferences([versionDrift()], map, 'parity-map.yaml', lineOf, NOTHING)).toEqual([]);
  const [finding] = goneDifferences([], map, 'parity-map.yaml', lineOf, NOTHING);
  expect(finding).toMatchObject({ code: 'gone-difference', path: 'parity-map.yaml', line: 2 });
  map.register = [];
  map.openRisks = [{ id: 'service-only-in:smtp:ci', title: 'smtp', severity: 'low' }];
  expect(goneDifferences([], map, 'parity-map.yaml', lineOf, NOTHING)).toHaveLength(1);
  const decision = {
    id: 'service-only-in:smtp:ci',
    question: '',
    answer: '',
    by: '',
    date: '2026-01-01',
    settles: '',
    citations: [],
  };
  map.decisions = [decision];
  expect(goneDifferences([], map, 'parity-map.yaml', lineOf, NOTHING)).toEqual([]);
});

test('gone differences: which side changed is told, for it may be production that got weaker', () => {
  const files: { [path: string]: string[] } = {
    'ci.yml': [...Array(7).fill(''), 'image: postgres:12'],
  };
  const [finding] = goneDifferences([], filledMap(), 'parity-map.yaml', lineOf, (path) => files[path]);
  expect(finding?.message).toContain(
    'not in the repository any more: ci.yml:8 was "image: postgres:14" and the line is now "image: postgres:12"; if production is still as it is meant to be',
  );
  expect(finding?.related).toEqual([{ path: 'ci.yml', line: 8, text: 'was "image: postgres:14"' }]);
});

test('gone differences: what people found by hand, no rule can miss', () => {
  const map = filledMap();
  map.register = map.register.map((entry) => ({ ...entry, id: 'by-hand:login' }));
  map.openRisks = [];
  expect(goneDifferences([], map, 'parity-map.yaml', lineOf, NOTHING)).toEqual([]);
});

test('citations: the same line for several claims is one finding; a file that is no part of the repository is never read', () => {
  const files: { [path: string]: string[] } = {
    'deploy/db.yaml': ['', '', '', '', '  namespace: production', '', '', '', '', '', '', 'image: postgres:16.4 '],
    'ci.yml': ['name: ci', '', '', '', '', '', '', 'image: postgres:15'],
  };
  const findings = citationFindings(filledMap(), (path) => files[path]);
  expect(findings).toEqual([expect.objectContaining({ code: 'stale-citation', path: 'ci.yml', line: 8 })]);
  expect(findings[0]?.message).toContain('surface services and 1 more');
  const gone = citationFindings(filledMap(), () => undefined);
  expect(gone).toHaveLength(4);
  expect(gone[0]?.message).toContain('the repository has no such file');
});

test('guards: a file that the repository has not', () => {
  const files: { [path: string]: string[] } = { 'test/versions.test.js': ["test('versions', () => {"] };
  expect(missingGuards(filledMap(), (path) => files[path], 'm.yaml', lineOf)).toEqual([]);
  const [finding] = missingGuards(filledMap(), () => undefined, 'm.yaml', lineOf);
  expect(finding).toMatchObject({ code: 'missing-guard', path: 'm.yaml', line: 4 });
  const map = filledMap();
  const [surface] = map.surfaces;
  if (surface) surface.guard.text = "test('versions', () => {";
  expect(missingGuards(map, (path) => files[path], 'm.yaml', lineOf)).toEqual([]);
  expect(missingGuards(map, () => ["test('other', () => {"], 'm.yaml', lineOf)).toMatchObject([
    { code: 'missing-guard', message: expect.stringContaining('which has no such line') },
  ]);
});

test('new drift: what somebody looked at and dismissed with a reason is not new', () => {
  const map = filledMap();
  map.register = [];
  map.openRisks = [];
  expect(newDrift({ drift: [versionDrift()], facts: [] }, map)).toHaveLength(1);
  map.dismissed = [{ id: versionDrift().id, reason: 'the line is of another service' }];
  expect(newDrift({ drift: [versionDrift()], facts: [] }, map)).toEqual([]);
});

test('new drift: a key that is read and declared nowhere comes with the line beside which it would stand', () => {
  const read = (subject: string, line: number, attribute = 'read', path = 'src/env.ts'): Fact => ({
    surface: 'config',
    subject,
    attribute,
    value: 'required',
    environment: 'shared',
    reader: 'hand',
    evidence: { path, line, excerpt: subject },
  });
  const facts = [
    read('FAR_AWAY', 4),
    read('BUCKET_REGION', 9),
    read('BUCKET_NAME', 10),
    read('FAR_AWAY', 1, 'value', '.env.example'),
    read('BUCKET_REGION', 7, 'value', '.env.example'),
    read('BUCKET_REGION', 3, 'value', 'unrelated.yaml'),
  ];
  const drift: Drift = {
    ...missingDrift(),
    id: 'key-undeclared:BUCKET_NAME',
    rule: 'key-undeclared',
    subject: 'BUCKET_NAME',
    sides: [
      { environment: 'shared', value: 'required', evidence: { path: 'src/env.ts', line: 10, excerpt: 'BUCKET_NAME' } },
    ],
    missing: { environments: [], lookedIn: ['.env.example'] },
  };
  const [finding] = newDrift({ drift: [drift], facts }, filledMap());
  expect(finding?.related[0]).toEqual({
    path: '.env.example',
    line: 7,
    text: 'declares BUCKET_REGION, which is read beside it',
  });
});

test('a registered difference that grew by a line which its sides leave out is told at that line', () => {
  const map = filledMap();
  const [old, grown] = [14, 15].map((line) => ({ path: 'ci.yml', line, excerpt: `image: postgres:${line}` }));
  if (!old || !grown) throw new Error('two lines');
  const lines = linesOfDrift(versionDrift()).join(' ');
  const drafted = { by: builder.version, offered: [], presence: [], settings: [], versions: [] };
  map.drafted = { ...drafted, drift: [{ id: versionDrift().id, title: 'x', lines }] };
  const fact: Fact = {
    surface: 'services',
    subject: 'postgresql',
    attribute: 'image',
    value: 'x',
    environment: 'ci',
    reader: 'hand',
    evidence: grown,
  };
  const drift = { ...versionDrift(), unshown: [digestOfLine(grown)] };
  const elsewhere = { ...fact, evidence: old };
  expect(grownFindings({ drift: [drift], facts: [elsewhere, fact] }, map)).toMatchObject([
    { code: 'widened-drift', path: 'ci.yml', line: 15 },
  ]);
  expect(grownFindings({ drift: [versionDrift()], facts: [elsewhere, fact] }, map)).toEqual([]);
});
