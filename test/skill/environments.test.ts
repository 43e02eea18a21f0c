import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Inspection } from '../../scripts/model.ts';
import { readers } from '../../scripts/readers/index.ts';
import { openRepository } from '../../scripts/repository/repository.ts';
import { draftMap } from '../../scripts/skill/draft-map.ts';
import { printMap } from '../../scripts/skill/print-map.ts';
import { readSkill } from '../../scripts/skill/read-skill.ts';
import { validateSkill } from '../../scripts/validate-skill.ts';
import { copyOf, fillGaps, run, runScript } from '../support/command.ts';

const SKILL = '.claude/skills/bakery-production-parity';

test('what the parity map says of an environment holds in inspect, draft, generate, the checker and validate', () => {
  const { repo, work } = copyOf('skill/bakery');
  const inspection = join(work, 'inspection.json');
  const map = join(work, 'parity-map.yaml');
  const inspect = (...more: string[]) => runScript('inspect', '--repo', repo, '--output', inspection, ...more);
  const draft = () => runScript('draft', '--repo', repo, '--inspection', inspection, '--output', map);
  const ids = (found: Inspection): string[] => found.drift.map((each) => each.id);

  const unnamed = inspectRepository(repo);
  expect(ids(unnamed)).toContain('version-mismatch:postgresql:ci+local');
  const said = [
    '  - name: showroom',
    '    class: staging',
    '    paths: [compose.y*ml]',
    '    citations: []',
    '  - name: nightly',
    '    class: preview',
    '    jobs: [te?t]',
    '    citations: []',
  ];
  const drafted = printMap(draftMap(unnamed, readers));
  writeFileSync(
    map,
    drafted.replace(/^environments:\n/m, () => `environments:\n${said.join('\n')}\n`),
  );

  const told = inspect('--map', map);
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toMatch(/staging \(showroom\) compose\.yaml:3/);
  expect(told.out).toContain('version-mismatch:postgresql:nightly+showroom');
  expect(JSON.parse(readFileSync(inspection, 'utf8')).environments).toContainEqual(
    expect.objectContaining({ name: 'showroom', class: 'staging', paths: ['compose.y*ml'] }),
  );

  expect(draft()).toMatchObject({ code: 0 });
  const text = readFileSync(map, 'utf8')
    // The entries whose differences go by another name now.
    .replace(/\n {2}- id: version-mismatch:postgresql:ci\+local\n(?: {4}.*\n)+/, '\n');
  // A mark is for people to look at first.
  writeFileSync(map, fillGaps(text));
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({
    code: 2,
    err: expect.stringContaining('draft left a mark'),
  });
  writeFileSync(map, fillGaps(text).replace(/^ *# draft: .*\n/gm, ''));
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({ code: 0, err: '' });
  const checked = run(process.execPath, [join(repo, SKILL, 'scripts/check-parity.mjs')], '/');
  expect(checked).toMatchObject({ code: 0 });

  const honoured = inspectRepository(repo);
  expect(ids(honoured)).toContain('version-mismatch:postgresql:nightly+showroom');
  expect(printMap(draftMap(honoured, readers))).toMatch(
    /name: showroom\n {4}class: staging\n {4}paths:\n {6}- compose\.y\*ml\n/,
  );

  const findings = validateSkill(readSkill(join(repo, SKILL)), openRepository(repo));
  expect(findings.filter((each) => each.code === 'environment')).toEqual([]);
  const file = join(repo, SKILL, 'parity-map.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/jobs: \[ ?te\?t ?\]/, 'jobs: [te?t, deploy-*]'));
  const refused = runScript('validate', join(repo, SKILL), '--repo', repo);
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/parity-map\.yaml:\d+:1: error: environment "nightly": jobs "deploy-\*" matches nothing/);
}, 300_000);

test('a map that cannot be read is named, and costs nothing else', () => {
  const { repo } = copyOf('skill/bakery');
  const before = inspectRepository(repo);
  const folder = join(repo, 'skills/bakery-production-parity');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'parity-map.yaml'), 'environments: [');
  const after = inspectRepository(repo);
  expect(after.coverage.unread).toContainEqual({
    path: 'skills/bakery-production-parity/parity-map.yaml',
    reason: expect.stringContaining('a parity map that'),
  });
  expect(after.drift).toEqual(before.drift);
  const refused = runScript('inspect', '--repo', repo, '--output', '-', '--map', join(folder, 'parity-map.yaml'));
  expect(refused).toMatchObject({ code: 2, out: '' });
}, 120_000);
