import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import vocabulary from '../../resources/secrets.json' with { type: 'json' };
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { excerptOf, MAX_EXCERPT } from '../../scripts/output/text.ts';
import { fillGaps, run, runScript } from '../support/command.ts';
import { leaks, plainCanary, shapedCanaries } from './support/canaries.ts';
import { inMemory } from './support/in-memory.ts';
import { measure } from './support/measure.ts';
import { folderWith } from './support/outputs.ts';
import { filesOf, plantKeys, plantValues, readerFixtures } from './support/plant.ts';

test.each(readerFixtures())('%s: no canary in a value, under a secret key or in a comment comes out', (format) => {
  expect(measure(format, 2).leaks).toEqual([]);
});

test('planting reaches the outputs at all: without its shape the same text is told', () => {
  const plain = { name: 'plain', text: 'quiet-harbour-words', secret: 'quiet-harbour-words' };
  const some = readerFixtures().filter((_, index) => index % 8 === 0);
  const told = some.filter((format) => measure(format, 1, [plain]).leaks.length > 0);
  expect(told.length).toBeGreaterThan(some.length * 0.8);
});

test('each shape that is known has a canary of its own', () => {
  const without = vocabulary.shapes.filter((shape) => !shapedCanaries.some(({ text }) => new RegExp(shape).test(text)));
  expect(without).toEqual([]);
});

test('a cut goes through no secret', () => {
  for (const canary of shapedCanaries)
    for (let before = 90; before < MAX_EXCERPT; before += 7)
      expect(leaks(excerptOf(`# ${'- '.repeat(before / 2)}${canary.text} `), canary), `${canary.name} ${before}`).toBe(
        false,
      );
});

test.each([
  ['values.yaml', 'a: [ "SECRET"\nb: }\n"c: SECRET\n'],
  ['compose.yaml', 'services:\n  web:\n  image: SECRET\n   SECRET: [\n'],
  ['package.json', '{ "name": "SECRET" "a": SECRET }'],
  ['fly.toml', 'app = SECRET SECRET\n[a\n'],
  ['main.tf', 'resource "SECRET" {\n  a = "SECRET\n'],
])('%s: what is said of a broken file quotes none of it', (path, text) => {
  for (const canary of [...shapedCanaries, plainCanary]) {
    const { coverage } = inspectOpened(inMemory(new Map([[path, text.replaceAll('SECRET', canary.text)]])));
    expect(leaks(JSON.stringify(coverage), canary), canary.name).toBe(false);
  }
});

const repo = new Map(
  [...filesOf('demo-app')].map(([path, text]) => {
    const values = plantValues(text, shapedCanaries, 1, 3).text;
    return [
      path,
      /\.(?:env|ya?ml|properties)/.test(path) ? plantKeys(values, plainCanary, 0, 3).text : values,
    ] as const;
  }),
);
/** What every command says of the repository, and of its skill once every line of it has changed. */
function outputsOfCommands(): { [name: string]: string } {
  const outputs: { [name: string]: string } = {};
  const root = folderWith(repo);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const inspection = join(root, '..', `${root.split('/').at(-1)}.json`);
  const map = inspection.replace('.json', '.yaml');
  const skillsDir = '.claude/skills';
  const tell = (name: string, { out, err }: { out: string; err: string }) => {
    outputs[name] = `${out}\n${err}`;
  };
  tell('inspect', runScript('inspect', '--repo', root, '--output', inspection));
  outputs.inspection = readFileSync(inspection, 'utf8');
  tell('draft', runScript('draft', '--repo', root, '--inspection', inspection, '--output', map));
  outputs.draft = readFileSync(map, 'utf8');
  rmSync(map);
  const filled = fillGaps(outputs.draft);
  const kept = folderWith(new Map([['parity-map.yaml', filled]]));
  tell(
    'generate',
    runScript('generate', '--repo', root, '--map', join(kept, 'parity-map.yaml'), '--skills-dir', skillsDir),
  );
  const skill = join(root, skillsDir, `${/name: (\S+)/.exec(filled)?.[1]}-production-parity`);
  outputs.skill = readFileSync(join(skill, 'SKILL.md'), 'utf8');
  tell('validate', runScript('validate', skill, '--repo', root, '--format', 'json'));
  tell('lint', runScript('lint', skill, '--format', 'json'));
  // Every file changes, so that the checker has to say what the lines are now.
  for (const [path, text] of repo) {
    const other = plantValues(text, shapedCanaries, 2, 3).text;
    writeFileSync(join(root, path), other);
  }
  for (const format of ['text', 'json', 'sarif', 'github', 'gitlab', 'markdown']) {
    tell(`check ${format}`, run(process.execPath, [join(skill, 'scripts/check-parity.mjs'), '--format', format], root));
  }
  return outputs;
}

test('no command tells a canary, the generated skill and its checker neither', () => {
  const outputs = outputsOfCommands();
  for (const [name, text] of Object.entries(outputs)) {
    expect(text.length, name).toBeGreaterThan(10);
    for (const canary of [...shapedCanaries, plainCanary]) {
      expect(leaks(text, canary), `${canary.name} in ${name}`).toBe(false);
    }
  }
  expect(outputs['check text']).toContain('stale-citation');
}, 600_000);
