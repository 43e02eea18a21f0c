import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Inspection } from '../../scripts/model.ts';
import { globPattern } from '../../scripts/repository/glob.ts';
import { copyOf, fillGaps, run, runScript } from '../support/command.ts';

const SKILL = '.claude/skills/bakery-production-parity';

test('what the parity map says of an environment holds in inspect, draft, generate, the checker and validate', () => {
  const { repo, work } = copyOf('skill/bakery');
  const inspection = join(work, 'inspection.json');
  const map = join(work, 'parity-map.yaml');
  const inspect = (...more: string[]) => runScript('inspect', '--repo', repo, '--output', inspection, ...more);
  const draft = () => runScript('draft', '--repo', repo, '--inspection', inspection, '--output', map);
  const found = (): Inspection => JSON.parse(readFileSync(inspection, 'utf8'));

  expect(inspect().out).toContain('version-mismatch:postgresql:ci+local');
  expect(draft().code).toBe(0);
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
  const drafted = readFileSync(map, 'utf8');
  writeFileSync(
    map,
    drafted.replace(/^environments:\n/m, () => `environments:\n${said.join('\n')}\n`),
  );

  const told = inspect('--map', map);
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toMatch(/staging \(showroom\) compose\.yaml:3/);
  expect(told.out).toContain('version-mismatch:postgresql:nightly+showroom');
  expect(found().environments).toContainEqual(
    expect.objectContaining({ name: 'showroom', class: 'staging', paths: ['compose.y*ml'] }),
  );

  expect(draft()).toMatchObject({ code: 0 });
  const text = readFileSync(map, 'utf8')
    // The entries whose differences go by another name now.
    .replace(/\n {2}- id: version-mismatch:postgresql:ci\+local\n(?: {4}.*\n)+/, '\n');
  writeFileSync(map, fillGaps(text));
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({ code: 0, err: '' });
  const checked = run(process.execPath, [join(repo, SKILL, 'scripts/check-parity.mjs')], '/');
  expect(checked).toMatchObject({ code: 0 });

  expect(inspect().out).toContain('version-mismatch:postgresql:nightly+showroom');
  const fresh = join(work, 'fresh.yaml');
  runScript('draft', '--repo', repo, '--inspection', inspection, '--output', fresh);
  expect(readFileSync(fresh, 'utf8')).toMatch(/name: showroom\n {4}class: staging\n {4}paths:\n {6}- compose\.y\*ml\n/);

  expect(runScript('validate', join(repo, SKILL), '--repo', repo).out).not.toContain('matches nothing');
  const file = join(repo, SKILL, 'parity-map.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/jobs: \[ ?te\?t ?\]/, 'jobs: [te?t, deploy-*]'));
  const refused = runScript('validate', join(repo, SKILL), '--repo', repo);
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/parity-map\.yaml:\d+:? .*environment "nightly": jobs "deploy-\*" matches nothing/);
}, 120_000);

test('a map that cannot be read is named, and costs nothing else', () => {
  const { repo, work } = copyOf('skill/bakery');
  runScript('inspect', '--repo', repo, '--output', join(work, 'before.json'));
  const folder = join(repo, 'skills/bakery-production-parity');
  run('mkdir', ['-p', folder], '/');
  writeFileSync(join(folder, 'parity-map.yaml'), 'environments: [');
  const after = runScript('inspect', '--repo', repo, '--output', join(work, 'after.json'));
  expect(after.out).toContain('skills/bakery-production-parity/parity-map.yaml: a parity map that');
  const [one, other] = ['before', 'after'].map((name) => JSON.parse(readFileSync(join(work, `${name}.json`), 'utf8')));
  expect(other.drift).toEqual(one.drift);
  const refused = runScript('inspect', '--repo', repo, '--output', '-', '--map', join(folder, 'parity-map.yaml'));
  expect(refused).toMatchObject({ code: 2, out: '' });
});

test('globs', () => {
  const matches = (glob: string, path: string): boolean => globPattern(glob).test(path);
  expect(matches('deploy/**', 'deploy/a/b.yaml')).toBe(true);
  expect(matches('**/prod-*.yaml', 'prod-eu.yaml')).toBe(true);
  expect(matches('deploy/*.yaml', 'deploy/a/b.yaml')).toBe(false);
  expect(matches('{web,job}.y?ml', 'job.yaml')).toBe(true);
  expect(matches('a+b.(c)', 'a+b.(c)')).toBe(true);
  expect(matches('a.yaml', 'aXyaml')).toBe(false);
});
