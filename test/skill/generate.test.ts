import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { copyOf, fillGaps, run, runScript, treeOf } from '../support/command.ts';

const SKILL = '.claude/skills/bakery-production-parity';
/** A repository with a filled map and a generated skill, made once; every test has a copy of its own. */
const origin = copyOf('skill/bakery');
let repo: string;
let map: string;

beforeAll(() => {
  const inspection = join(origin.work, 'inspection.json');
  const file = join(origin.work, 'parity-map.yaml');
  expect(runScript('inspect', '--repo', origin.repo, '--output', inspection)).toMatchObject({ code: 0 });
  const drafted = runScript('draft', '--repo', origin.repo, '--inspection', inspection, '--output', file);
  expect(drafted.out).toMatch(/gaps to fill, the first on line \d+/);
  cpSync(file, join(origin.work, 'draft.yaml'));
  writeFileSync(file, fillGaps(readFileSync(file, 'utf8')));
  cpSync(origin.repo, join(origin.work, 'bare'), { recursive: true });
  const generated = runScript('generate', '--repo', origin.repo, '--map', file);
  expect(generated).toMatchObject({ code: 0, err: '' });
}, 120_000);

beforeEach(() => {
  const copy = copyOf('skill/bakery');
  repo = copy.repo;
  rmSync(repo, { recursive: true });
  cpSync(origin.repo, repo, { recursive: true });
  map = join(copy.work, 'parity-map.yaml');
  cpSync(join(origin.work, 'parity-map.yaml'), map);
});

function edit(path: string, change: (text: string) => string): void {
  const file = join(repo, path);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

function check(...args: string[]) {
  return run(process.execPath, [join(repo, SKILL, 'scripts/check-parity.mjs'), ...args], '/');
}

test('refuses a map with gaps in one line that says where, and writes nothing', () => {
  rmSync(join(repo, '.claude'), { recursive: true });
  const before = treeOf(repo);
  const refused = runScript('generate', '--repo', repo, '--map', join(origin.work, 'draft.yaml'));
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/draft\.yaml:\d+: a gap is left \(and \d+ more\); decide it: TODO: .*\n$/);
  expect(refused.err.trim().split('\n')).toHaveLength(1);
  expect(treeOf(repo)).toEqual(before);
});

test('refuses a broken map, one that is out of date and one that is missing, and writes nothing', () => {
  rmSync(join(repo, '.claude'), { recursive: true });
  const before = treeOf(repo);
  const text = readFileSync(map, 'utf8');
  for (const [broken, says] of [
    [text.replace('register:', 'register: ['), /parity-map\.yaml:\d+: not valid YAML/],
    [text.replace(/severity: \w+/, 'severity: grave'), /parity-map\.yaml:\d+: \/register\/0\/severity /],
    [
      text.replace('text: "image: postgres:16.4"', 'text: "image: postgres:12"'),
      /deploy\/production\/db\.yaml:12: stale-citation: /,
    ],
    [
      text.replace('name: bakery', 'name: The Bakery!'),
      /parity-map\.yaml:\d+: application\.name must be .*; write the-bakery$/m,
    ],
  ] as const) {
    expect(broken).not.toBe(text);
    writeFileSync(map, broken);
    const refused = runScript('generate', '--repo', repo, '--map', map);
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringMatching(says) });
  }
  expect(runScript('generate', '--repo', repo, '--map', join(repo, 'none.yaml'))).toMatchObject({ code: 2 });
  expect(treeOf(repo)).toEqual(before);
});

test('refuses a folder that git ignores, names one that it does not ignore, and writes nothing', () => {
  rmSync(join(repo, '.claude'), { recursive: true });
  execFileSync('git', ['init', '-q', repo]);
  writeFileSync(join(repo, '.gitignore'), '.claude/\n');
  const before = treeOf(repo);
  const refused = runScript('generate', '--repo', repo, '--map', map);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toMatch(
    /\.claude\/skills\/bakery-production-parity: git ignores it here, .*--skills-dir \.\w+\/skills/,
  );
  expect(refused.err.trim().split('\n')).toHaveLength(1);
  expect(treeOf(repo)).toEqual(before);
  // The folder that it names is taken, and so is the first one, once it is excepted.
  const [, other = ''] = /--skills-dir (\S+),/.exec(refused.err) ?? [];
  expect(runScript('generate', '--repo', repo, '--map', map, '--skills-dir', other).code).toBe(0);
  writeFileSync(join(repo, '.gitignore'), '.claude/*\n!.claude/skills/\n');
  expect(runScript('generate', '--repo', repo, '--map', map).code).toBe(0);
});

test('writes its folder and nothing else', () => {
  const bare = treeOf(join(origin.work, 'bare'));
  const now = treeOf(origin.repo);
  const added = Object.keys(now).filter((path) => !(path in bare));
  expect(added).toEqual(
    ['SKILL.md', 'parity-map.yaml', 'references/register.md', 'references/surfaces.md', 'scripts/check-parity.mjs'].map(
      (path) => `${SKILL}/${path}`,
    ),
  );
  expect(Object.fromEntries(Object.entries(now).filter(([path]) => path in bare))).toEqual(bare);
  expect(now[`${SKILL}/parity-map.yaml`]).toBe(readFileSync(map, 'latin1'));
});

test('a second run, from its own map too, changes no byte', () => {
  const before = treeOf(repo);
  expect(runScript('generate', '--repo', repo, '--map', map).out).toMatch(/^(?:same .*\n){5}next: /);
  runScript('generate', '--repo', repo, '--map', join(repo, SKILL, 'parity-map.yaml'));
  expect(treeOf(repo)).toEqual(before);
});

test('a dry run shows what would change and changes nothing', () => {
  writeFileSync(map, readFileSync(map, 'utf8').replace(/owner: .*/, 'owner: Ines of the ovens'));
  const before = treeOf(repo);
  const dry = runScript('generate', '--repo', repo, '--map', map, '--dry-run');
  expect(dry.out).toContain(`would update ${SKILL}/references/surfaces.md`);
  expect(dry.out).toContain('+- **Owner**: Ines of the ovens');
  expect(treeOf(repo)).toEqual(before);
});

test('overwrites no file that was edited by hand, and keeps files of others', () => {
  writeFileSync(join(repo, SKILL, 'scripts/own.sh'), 'true\n');
  edit(`${SKILL}/SKILL.md`, (text) => text.replace('## Parity Surfaces\n', '## Parity Surfaces\n\nBy hand.\n'));
  writeFileSync(map, readFileSync(map, 'utf8').replace(/owner: .*/, 'owner: Ines of the ovens'));
  const before = treeOf(repo);
  const refused = runScript('generate', '--repo', repo, '--map', map);
  expect(refused).toMatchObject({
    code: 2,
    err: expect.stringMatching(/SKILL\.md: not as generate left it; .*--force\n$/),
  });
  expect(treeOf(repo)).toEqual(before);
  expect(runScript('generate', '--repo', repo, '--map', map, '--force')).toMatchObject({ code: 0 });
  const after = treeOf(repo);
  expect(after[`${SKILL}/SKILL.md`]).not.toContain('By hand.');
  expect(after[`${SKILL}/scripts/own.sh`]).toBe('true\n');
  expect(Object.keys(after)).toEqual(Object.keys(before));
});

test('goes to another folder of the repository where it is told to, and never outside', () => {
  expect(runScript('generate', '--repo', repo, '--map', map, '--skills-dir', '.agents/skills')).toMatchObject({
    code: 0,
  });
  const elsewhere = join(repo, '.agents/skills/bakery-production-parity');
  expect(run(process.execPath, [join(elsewhere, 'scripts/check-parity.mjs')], '/')).toMatchObject({ code: 0 });
  const outside = join(repo, '..', 'outside');
  mkdirSync(outside);
  symlinkSync(outside, join(repo, 'linked'));
  for (const folder of ['../outside', outside, 'linked', 'linked/skills', '.git/skills']) {
    const refused = runScript('generate', '--repo', repo, '--map', map, '--skills-dir', folder);
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/outside the repository|nothing there is kept/),
    });
  }
  expect(treeOf(outside)).toEqual({});
  const home = runScript('generate', '--repo', repo, '--map', map, '--skills-dir', '~/.claude/skills');
  expect(home).toMatchObject({
    code: 2,
    err: expect.stringMatching(/~ is a home folder.*--skills-dir \.claude\/skills\n$/),
  });
  expect(Object.keys(treeOf(repo)).filter((path) => path.startsWith('~'))).toEqual([]);
});

test('an assumed answer is an open risk until somebody confirms it: in the skill, for the checker, after another draft', () => {
  const id = 'production-version:smtp';
  const decided = parseDocument(readFileSync(map, 'utf8'));
  const decision = { id, question: 'Which smtp?', answer: 'Not known', by: 'nobody yet', date: '2026-03-02' };
  decided.addIn(['decisions'], { ...decision, settles: 'The mail server.', assumed: true, citations: [] });
  writeFileSync(map, decided.toString());
  const skill = join(repo, SKILL);
  runScript('generate', '--repo', repo, '--map', map);
  expect(runScript('validate', skill, '--repo', repo).out).toMatch(/decision ".*": it is assumed, and no open risk/);
  decided.addIn(['openRisks'], { id, title: 'Assumed, not confirmed: which smtp', severity: 'medium' });
  writeFileSync(map, decided.toString());
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({ code: 0 });
  const text = readFileSync(join(skill, 'SKILL.md'), 'utf8');
  expect(text).toMatch(/\nNot confirmed; [^\n]*\n\n- [^\n]*Which smtp\?[^\n]*Not known/);
  expect(text).toContain(`- medium: Assumed, not confirmed: which smtp (\`${id}\`)`);
  expect(runScript('validate', skill, '--repo', repo).out).not.toMatch(/decision|openRisks/);
  expect(check()).toMatchObject({ code: 0, out: '' });
  runScript('draft', '--repo', repo, '--inspection', join(origin.work, 'inspection.json'), '--output', map);
  const redrafted = parseDocument(readFileSync(map, 'utf8')).toJS();
  expect(redrafted.openRisks).toContainEqual(expect.objectContaining({ id }));
  expect(redrafted.decisions).toContainEqual(expect.objectContaining({ id, assumed: true }));
});

test('the checker is green right after generation, from any folder, in every format', () => {
  expect(check()).toMatchObject({ code: 0, out: '' });
  expect(check('--format', 'json')).toMatchObject({ code: 0, out: '{\n  "findings": []\n}\n' });
  expect(JSON.parse(check('--format', 'sarif').out)).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
  expect(check('--format', 'xml')).toMatchObject({
    code: 2,
    err: expect.stringContaining('text, json, sarif, github, gitlab, markdown'),
  });
});

test('the checker needs nothing: an empty node_modules, no environment, no network, another working folder', () => {
  mkdirSync(join(repo, 'node_modules'));
  const elsewhere = join(repo, '..', 'elsewhere');
  mkdirSync(join(elsewhere, 'node_modules'), { recursive: true });
  const offline = join(elsewhere, 'offline.cjs');
  writeFileSync(
    offline,
    `const refuse = () => { console.error('the network was asked'); process.exit(9); };
require('node:net').Socket.prototype.connect = refuse;
require('node:dns').lookup = refuse;
require('node:dgram').createSocket = refuse;
if (process.env.ASK) require('node:http').get('http://127.0.0.1:9');
`,
  );
  const alone = (env: { [name: string]: string } = {}) =>
    spawnSync(process.execPath, ['--require', offline, join(repo, SKILL, 'scripts/check-parity.mjs')], {
      ...{ cwd: elsewhere, encoding: 'utf8', env },
    });
  expect(alone()).toMatchObject({ status: 0, stdout: '', stderr: expect.stringMatching(/^parity holds: /) });
  edit('deploy/production/db.yaml', (text) => text.replace('postgres:16.4', 'postgres:17.1'));
  expect(alone()).toMatchObject({ status: 1, stdout: expect.stringContaining('[stale-citation]') });
  // The guard of this test itself: whoever asks the network is told.
  expect(alone({ ASK: 'yes' })).toMatchObject({ status: 9 });
});

test('a cited line that says something else is a finding at that line', () => {
  edit('deploy/production/db.yaml', (text) => text.replace('postgres:16.4', 'postgres:17.1'));
  const red = check();
  expect(red.code).toBe(1);
  expect(red.out).toMatch(
    /^deploy\/production\/db\.yaml:12:1: error: .* the line is now "image: postgres:17\.1".* \[stale-citation\]$/m,
  );
  expect(check('--format', 'github').out).toMatch(
    /^::error file=deploy\/production\/db\.yaml,line=12,title=stale-citation::/m,
  );
});

test('a cited line that moved is a note and fails nothing', () => {
  edit('deploy/production/db.yaml', (text) => `# the oven's database\n${text}`);
  const green = check();
  expect(green.code).toBe(0);
  expect(green.out).toMatch(
    /^deploy\/production\/db\.yaml:13:1: note: .* line 12 of .* is line 13 now.* \[moved-citation\]$/m,
  );
});

test('drift that the map does not name, and entries whose drift is gone, are findings', () => {
  edit(`${SKILL}/parity-map.yaml`, (text) =>
    text.replace(/- id: version-mismatch:postgresql(\S*)/, '- id: version-mismatch:another$1'),
  );
  const red = check();
  expect(red.code).toBe(1);
  expect(red.out).toMatch(/: error: postgresql.*version-mismatch:postgresql.* \[new-drift\]$/m);
  expect(red.out).toMatch(
    /parity-map\.yaml:\d+:1: error: register entry version-mismatch:another.* \[gone-difference\]$/m,
  );
});

test('drift that holds for other environments than its entry says is one finding', () => {
  edit(`${SKILL}/parity-map.yaml`, (text) =>
    text.replace(/- id: (version-mismatch:postgresql\S*)/, '- id: $1-renamed'),
  );
  const red = check();
  expect(red.code).toBe(1);
  expect(red.out).toMatch(
    /: error: postgresql.*registered as version-mismatch:postgresql\S*-renamed.* \[widened-drift\]$/m,
  );
  expect(red.out).not.toMatch(/new-drift|gone-difference/);
});

test('a guard whose file is gone is a finding at the map’s line', () => {
  writeFileSync(
    map,
    readFileSync(map, 'utf8').replace(
      /kind: none\n( +)what: (.*)/,
      'kind: test\n$1what: $2\n$1path: src/server.test.js',
    ),
  );
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({ code: 0, err: '' });
  expect(check().code).toBe(0);
  rmSync(join(repo, 'src/server.test.js'));
  const line =
    readFileSync(map, 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('path: src/server.test.js')) + 1;
  expect(check()).toMatchObject({
    code: 1,
    out: expect.stringMatching(new RegExp(`^${SKILL}/parity-map.yaml:${line}:1: error: .* \\[missing-guard\\]$`, 'm')),
  });
});

test('the checker ends with 2 and one line where the map is broken or gone, or the skill was moved', () => {
  const file = join(repo, SKILL, 'parity-map.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/severity: \w+/, 'severity: grave'));
  expect(check()).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^parity-map\.yaml:\d+: [^\n]*\n$/) });
  writeFileSync(file, text);
  cpSync(join(repo, SKILL), join(repo, 'tools/bakery-production-parity'), { recursive: true });
  const moved = run(process.execPath, [join(repo, 'tools/bakery-production-parity/scripts/check-parity.mjs')], '/');
  expect(moved).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^parity-map\.yaml:\d+: it says that the skill stands in/),
  });
  rmSync(file);
  expect(check()).toMatchObject({ code: 2, err: expect.stringContaining('no parity-map.yaml') });
  expect(existsSync(file)).toBe(false);
});

test('what people wrote below a generated part survives, and is no edit by hand', () => {
  const own = '### What the night shift knows\n\nThe oven of `src/server.js` is slow on Mondays.';
  edit(`${SKILL}/SKILL.md`, (text) => text.replace(/(?<=\n## Parity Surfaces\n[\s\S]*?stays\. -->\n)/, `\n${own}\n`));
  writeFileSync(map, readFileSync(map, 'utf8').replace(/owner: .*/, 'owner: Ines of the ovens'));
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({ code: 0, err: '' });
  const text = readFileSync(join(repo, SKILL, 'SKILL.md'), 'utf8');
  expect(text).toContain('Ines of the ovens');
  expect(text.split(own)).toHaveLength(2);
  expect(text.indexOf(own)).toBeLessThan(text.indexOf('\n## Drift Checks'));
  const before = treeOf(repo);
  expect(runScript('generate', '--repo', repo, '--map', map).out).toMatch(/^(?:same .*\n){5}/);
  expect(treeOf(repo)).toEqual(before);
});

test('--update-citations moves lines in the map and the skill, and nothing else', () => {
  edit(`${SKILL}/parity-map.yaml`, (text) => text.replace('register:', '# Reviewed by Ines.\nregister:'));
  edit('deploy/production/db.yaml', (text) => `# the oven's database\n${text}`);
  const before = treeOf(repo);
  const ran = check('--update-citations');
  expect(ran.code).toBe(0);
  // The map says more than when the skill was generated from it: a note.
  expect(ran.out).toMatch(/^\S+SKILL\.md:1:1: note: [^\n]* \[outdated-text\]\n$/);
  expect(ran.err).toMatch(/^\d+ citations moved\n/);
  const after = treeOf(repo);
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  expect(changed).toEqual(
    ['SKILL.md', 'parity-map.yaml', 'references/register.md', 'references/surfaces.md'].map(
      (path) => `${SKILL}/${path}`,
    ),
  );
  const withoutLines = (text: string | undefined) =>
    text?.replace(/^( +line: )\d+$/gm, '$1').replace(/(`[^`\n]+:)\d+`/g, '$1`');
  for (const path of changed) expect(withoutLines(after[path])).toBe(withoutLines(before[path]));
  expect(after[`${SKILL}/SKILL.md`]).toContain('`deploy/production/db.yaml:13`');
  // The map of the folder is the newest now; generating from it has nothing to refuse.
  expect(runScript('generate', '--repo', repo, '--map', join(repo, SKILL, 'parity-map.yaml'))).toMatchObject({
    code: 0,
  });
});

test('--update-citations leaves map and texts in step, however the citation is written and whatever prose names the line', () => {
  const filled = readFileSync(map, 'utf8');
  const block = /^( +)- path: deploy\/production\/db\.yaml\n +line: (\d+)\n +text: (.*)$/gm;
  expect(filled).toMatch(block);
  // Agents write citations in one line as well, and name lines in what they say.
  const written = filled
    .replace(block, '$1- { path: deploy/production/db.yaml, line: $2, text: $3 }')
    .replace(/(\n {4}reason: ).*/, '$1"The bakery team waits for June, see `deploy/production/db.yaml:12`"');
  expect(written).not.toBe(filled);
  writeFileSync(map, written);
  expect(runScript('generate', '--repo', repo, '--map', map)).toMatchObject({ code: 0, err: '' });
  edit('deploy/production/db.yaml', (text) => `# the oven's database\n${text}`);
  expect(check('--update-citations')).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringMatching(/citations moved/),
  });
  expect(check()).toMatchObject({ code: 0, out: '' });
  const own = join(repo, SKILL, 'parity-map.yaml');
  expect(readFileSync(own, 'utf8')).toContain('see `deploy/production/db.yaml:13`');
  expect(readFileSync(own, 'utf8')).toMatch(/text: "?image: postgres:16\.4/);
  // A new rendering has nothing to change.
  expect(runScript('generate', '--repo', repo, '--map', own).out).toMatch(/^(?:same .*\n){5}next: /);
});

test('an entry whose difference is gone stays while nobody has confirmed which side is right', () => {
  const decided = parseDocument(readFileSync(map, 'utf8'));
  const [entry] = decided
    .toJS()
    .register.filter((each: { id: string }) => each.id.startsWith('version-mismatch:postgresql'));
  const [production, other] = [16.4, entry.nonProduction.match(/\d[\d.]*/)[0]];
  const mend = () => {
    for (const path of new Set<string>(entry.citations.map((each: { path: string }) => each.path))) {
      if (path.startsWith('deploy/production')) continue;
      edit(path, (text) => text.replaceAll(`postgres:${other}`, `postgres:${production}`));
    }
  };
  mend();
  const gone = /\[gone-difference\]/;
  expect(check().out).toMatch(/if production is still as it is meant to be, remove the entry.* \[gone-difference\]/);
  const id = 'production-version:postgresql';
  decided.addIn(['decisions'], {
    ...{ id, question: 'Which postgresql does production run?', answer: 'Not known', by: 'nobody yet' },
    ...{ date: '2026-03-02', settles: 'The database.', assumed: true, citations: [] },
  });
  decided.addIn(['openRisks'], { id, title: 'Assumed: which postgresql', severity: 'medium' });
  writeFileSync(join(repo, SKILL, 'parity-map.yaml'), decided.toString({ lineWidth: 0 }));
  const told = check()
    .out.split('\n')
    .filter((line) => gone.test(line));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`nobody has confirmed which side is right (decision ${id}: assumed): keep the entry`);
  expect(told[0]).not.toContain('remove the entry and generate again');
});

test('--since: a review trigger fires where its path changed, until somebody looks at the entry', () => {
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Ines', '-c', 'user.email=ines@example.invalid', ...args], repo);
  git('init', '--quiet');
  git('add', '--all', '--force');
  expect(git('commit', '--quiet', '-m', 'first').code).toBe(0);
  expect(check('--since', 'HEAD')).toMatchObject({ code: 0, out: '' });
  expect(check('--since', 'no-such')).toMatchObject({ code: 2, err: expect.stringContaining('--since no-such') });
  expect(check('--since', '--output=x').code).toBe(2);
  const trigger = /reviewTrigger: "?a change to ([^\s",]+)/.exec(readFileSync(map, 'utf8'))?.[1] ?? '';
  edit(trigger, (text) => `${text}\n# looked after\n`);
  const fired = check('--since', 'HEAD');
  expect(fired.code).toBe(1);
  expect(fired.out).toMatch(
    /parity-map\.yaml:\d+:1: error: \S+ changed, which the review triggers? of .* names?; .* \[review-trigger\]$/m,
  );
  expect(fired.out).toContain(trigger);
  expect(check()).toMatchObject({ code: 0 });
  edit(`${SKILL}/parity-map.yaml`, (text) =>
    text.replaceAll(/^( +)(reviewTrigger: .*)$/gm, '$1$2\n$1reviewed: 2026-03-09'),
  );
  const looked = check('--since', 'HEAD');
  expect(looked).toMatchObject({ code: 0, out: expect.stringMatching(/^\S+: note: [^\n]* \[outdated-text\]\n$/) });
});

test('SARIF: every rule, fingerprints that lines do not change', () => {
  const sarif = () => JSON.parse(check('--format', 'sarif').out).runs[0];
  edit('deploy/production/db.yaml', (text) => text.replace('postgres:16.4', 'postgres:17.1'));
  const before = sarif();
  edit('deploy/production/db.yaml', (text) => `# one\n# two\n${text}`);
  const after = sarif();
  expect(before.tool.driver.rules).toContainEqual(
    expect.objectContaining({
      id: 'stale-citation',
      help: expect.anything(),
      defaultConfiguration: { level: 'error' },
    }),
  );
  const prints = (run: typeof before) =>
    run.results
      .filter((each: { ruleId: string }) => each.ruleId === 'stale-citation')
      .map((each: { partialFingerprints: object }) => each.partialFingerprints);
  expect(prints(before).length).toBeGreaterThan(0);
  expect(prints(after)).toEqual(prints(before));
  for (const { ruleId, ruleIndex } of after.results) expect(after.tool.driver.rules[ruleIndex].id).toBe(ruleId);
});

test('--ci writes a job of its own, which changes no verdict, and never over an edited file', () => {
  const args = ['--repo', repo, '--map', map, '--ci'];
  const path = '.github/workflows/bakery-production-parity.yml';
  expect(runScript('generate', ...args, 'github-actions', '--dry-run').out).toContain(`would create ${path}`);
  expect(existsSync(join(repo, path))).toBe(false);
  expect(runScript('generate', ...args, 'github-actions')).toMatchObject({ code: 0, err: '' });
  const job = readFileSync(join(repo, path), 'utf8');
  expect(job).toContain(`run: node ${SKILL}/scripts/check-parity.mjs --format github --since HEAD^1`);
  expect(check()).toMatchObject({ code: 0, out: '' });
  expect(runScript('generate', ...args, 'github-actions').out).toContain(`same ${path}`);
  edit(path, (text) => `${text}# ours\n`);
  const refused = runScript('generate', ...args, 'github-actions');
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(`${path}: not as generate wrote it`) });
  expect(runScript('generate', ...args, 'github-actions', '--force')).toMatchObject({ code: 0 });
  expect(readFileSync(join(repo, path), 'utf8')).toBe(job);
  expect(runScript('generate', ...args, 'jenkins')).toMatchObject({ code: 2 });
});

test('--summary tells what was made, from the map', () => {
  const told = runScript('validate', join(repo, SKILL), '--repo', repo, '--summary');
  expect(told.out).toMatch(new RegExp(`^Skill: .*${SKILL}\nInside the repository .*, links resolved, at ${SKILL}\n`));
  for (const part of [
    'Inspected: ',
    'Highest risks',
    'Questions and decisions',
    'Validated just now:',
    'Next mends: ',
  ]) {
    expect(told.out).toContain(part);
  }
  expect(told.out).toContain('scripts/check-parity.mjs: no findings');
});
