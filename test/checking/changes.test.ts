import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyOf, run, runScript } from '../support/command.ts';
import { fixture } from '../support/facts-of.ts';

const SKILL = '.claude/skills/tidepool-production-parity';
const MAP = `${SKILL}/parity-map.yaml`;
/** The demo application with its skill, as its team generated it; every change is made to a copy. */
const origin = copyOf('demo-app');
const copies: string[] = [origin.work];

beforeAll(() => {
  const inspection = join(origin.work, 'inspection.json');
  const map = join(origin.work, 'parity-map.yaml');
  cpSync(join(fixture('demo-answers'), 'parity-map.yaml'), map);
  const repo = ['--repo', origin.repo];
  expect(runScript('inspect', ...repo, '--output', inspection)).toMatchObject({ code: 0 });
  expect(runScript('draft', ...repo, '--inspection', inspection, '--output', map)).toMatchObject({ code: 0 });
  expect(runScript('generate', ...repo, '--map', map)).toMatchObject({ code: 0, err: '' });
}, 120_000);
afterAll(() => {
  for (const folder of copies) rmSync(folder, { recursive: true, force: true });
});

interface Verdict {
  code: number | null;
  /** `path:line level code`, as printed. */
  findings: string[];
  out: string;
}

/** What the vendored checker says of a copy of the repository to which something was done. */
function after(change: (repo: string) => void, ...args: string[]): Verdict {
  const work = mkdtempSync(join(tmpdir(), 'changes-'));
  copies.push(work);
  const repo = join(work, 'repo');
  cpSync(origin.repo, repo, { recursive: true });
  change(repo);
  const { code, out } = run(process.execPath, [join(repo, SKILL, 'scripts/check-parity.mjs'), ...args], work);
  const findings = out.split('\n').flatMap((line) => {
    const [, place, level, finding] = /^(\S+:\d+):1: (error|note): .* \[([\w-]+)\]$/.exec(line) ?? [];
    return finding === undefined ? [] : [`${place} ${level} ${finding}`];
  });
  return { code, findings, out };
}

/** Changes a file; a change that changes nothing is a mistake of the test. */
function edit(path: string, from: string | RegExp, to: string): (repo: string) => void {
  return (repo) => {
    const file = join(repo, path);
    const before = readFileSync(file, 'utf8');
    const now = before.replace(from, to);
    expect(now, path).not.toBe(before);
    writeFileSync(file, now);
  };
}

/** The line of the map on which a text stands. */
function lineInMap(text: string): number {
  const lines = readFileSync(join(origin.repo, MAP), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

test('nothing changed: green', () => {
  expect(after(() => undefined)).toEqual({ code: 0, findings: [], out: '' });
});

test('a version bumped on one side: the registered difference has widened, in one finding, and the claim about production is stale', () => {
  const { code, findings, out } = after(edit('k8s/production/postgres.yaml', 'postgres:16.4', 'postgres:17.1'));
  expect(code).toBe(1);
  expect(findings).toEqual([
    'compose.yaml:5 error widened-drift',
    'k8s/production/postgres.yaml:19 error stale-citation',
  ]);
  expect(out).toContain('registered as version-mismatch:postgresql:ci, it now holds for local, staging too');
  expect(out).toContain('k8s/staging/postgres.yaml:19');
});

test('a key removed from one manifest, which no rule holds against a repository that has always been so', () => {
  const { code, findings, out } = after(edit('k8s/staging/config.yaml', /^ *UPLOADS_BUCKET.*\n/m, ''));
  expect({ code, findings }).toEqual({ code: 1, findings: ['k8s/staging/config.yaml:14 error one-sided-change'] });
  expect(out).toContain('staging no longer has the key UPLOADS_BUCKET; production still has it');
  expect(out).toContain('k8s/production/config.yaml:17');
});

test('a key removed from every manifest is no difference', () => {
  const { findings } = after((repo) => {
    for (const environment of ['staging', 'production']) {
      edit(`k8s/${environment}/config.yaml`, /^ *UPLOADS_BUCKET.*\n/m, '')(repo);
    }
  });
  expect(findings.filter((each) => each.includes('one-sided'))).toEqual([]);
});

test('a guard deleted: the map’s line that names it, for each claim that rests on it', () => {
  const { code, findings } = after((repo) => rmSync(join(repo, '.github/workflows/smoke.yml')));
  expect(code).toBe(1);
  expect(findings).toContain(`${MAP}:${lineInMap('      path: .github/workflows/smoke.yml')} error missing-guard`);
});

test('a cited line moved: a note at its new line, and green', () => {
  const { code, findings } = after(edit('k8s/production/config.yaml', /^/, '# moved\n'));
  expect(code).toBe(0);
  expect(findings).toContain('k8s/production/config.yaml:15 note moved-citation');
  expect(findings.filter((each) => !each.endsWith('note moved-citation'))).toEqual([]);
});

test('a cited line changed: stale at that line', () => {
  const { code, findings, out } = after(edit('k8s/production/web.yaml', 'replicas: 3', 'replicas: 4'));
  expect({ code, findings }).toEqual({ code: 1, findings: ['k8s/production/web.yaml:7 error stale-citation'] });
  expect(out).toContain('as "replicas: 3", but the line is now "replicas: 4"');
});

test('a divergence mended: its entry is to go, in one finding', () => {
  const { code, findings } = after(edit('k8s/staging/config.yaml', 'manual', 'automatic'));
  const line = lineInMap('- id: value-differs:PAYMENT_CAPTURE:staging');
  expect({ code, findings }).toEqual({ code: 1, findings: [`${MAP}:${line} error gone-difference`] });
});

test('a divergence mended in one of two environments: the entry has narrowed', () => {
  const { code, findings, out } = after(edit('.env.test', 'UPLOADS_STORE=disk', 'UPLOADS_STORE=s3'));
  const line = lineInMap('- id: value-differs:UPLOADS_STORE:local+test');
  expect({ code, findings }).toEqual({ code: 1, findings: [`${MAP}:${line} error narrowed-difference`] });
  expect(out).toContain('mended for test');
});

test('a new branch on the environment', () => {
  const line = readFileSync(join(origin.repo, 'src/server.ts'), 'utf8').split('\n').length;
  const { code, findings } = after(
    edit('src/server.ts', /$/, "if (process.env.NODE_ENV === 'production') app.set('trust proxy', 1);\n"),
  );
  expect({ code, findings }).toEqual({ code: 1, findings: [`src/server.ts:${line} error new-drift`] });
});

test('a new service in compose alone', () => {
  const { code, findings, out } = after(
    edit('compose.yaml', /$/, '  search:\n    image: opensearchproject/opensearch:2.15.0\n'),
  );
  expect({ code, findings }).toEqual({ code: 1, findings: ['compose.yaml:20 error one-sided-change'] });
  expect(out).toContain('the service opensearch is new in local and in no other environment');
});

test('a cookie flag flipped', () => {
  const { code, findings, out } = after(edit('src/server.ts', 'secure: true', 'secure: false'));
  expect({ code, findings }).toEqual({ code: 1, findings: ['src/server.ts:17 error changed-setting'] });
  expect(out).toContain('session-cookie.secure was true and is false now');
});

test('a service dropped from a workflow', () => {
  const { code, findings, out } = after(edit('.github/workflows/ci.yml', /^ {4}services:\n[\s\S]*?ports: .*\n/m, ''));
  expect(code).toBe(1);
  expect(findings).toContain('.github/workflows/ci.yml:8 error new-drift');
  expect(out).toContain('postgresql runs in production and not in ci');
  expect(findings.filter((each) => each.includes('one-sided'))).toEqual([]);
});

test('the lines of an entry written anew, and what it says left as it was: the entry is to be looked at, and the texts are older than the map', () => {
  const recited = after((repo) => {
    edit('k8s/production/config.yaml', 'tidepool-staff', 'tidepool-people')(repo);
    edit(MAP, /text: "OIDC_REQUIRED_GROUP: tidepool-staff"/g, 'text: "OIDC_REQUIRED_GROUP: tidepool-people"')(repo);
  });
  const line = lineInMap('- id: restriction-not-mirrored:OIDC_REQUIRED_GROUP');
  const older = [`${SKILL}/SKILL.md:1 note outdated-text`];
  expect(recited).toMatchObject({ code: 1, findings: [`${MAP}:${line} error recited-entry`, ...older] });
  const looked = after((repo) => {
    edit('k8s/production/config.yaml', 'tidepool-staff', 'tidepool-people')(repo);
    edit(MAP, /text: "OIDC_REQUIRED_GROUP: tidepool-staff"/g, 'text: "OIDC_REQUIRED_GROUP: tidepool-people"')(repo);
    edit(
      MAP,
      'production: Only members of tidepool-staff reach /back-office\n',
      'production: Only members of tidepool-people\n',
    )(repo);
  });
  expect(looked).toMatchObject({ code: 0, findings: older });
});

test('a generated text edited by hand is told; what stands below its generated parts is its owner’s', () => {
  const edited = after(edit(`${SKILL}/SKILL.md`, '## Fix Patterns', '## Fix Patterns\n\nDo as you like.'));
  expect(edited).toMatchObject({ code: 0, findings: [`${SKILL}/SKILL.md:1 note outdated-text`] });
  const END = '<!-- End of the generated part: what you write between this line and the next section stays. -->';
  expect(after(edit(`${SKILL}/SKILL.md`, END, `${END}\n\nOurs.`))).toMatchObject({ code: 0, findings: [] });
});
