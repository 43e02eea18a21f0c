import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lintSkill } from '../../scripts/lint-skill.ts';
import { readSkill } from '../../scripts/skill/read-skill.ts';
import { lintChecks } from '../../scripts/validation/index.ts';
import { fixture } from '../support/facts-of.ts';

interface Planted {
  into: string;
  file: string;
  /** The line behind which the text is put. */
  after: string;
  text?: string;
  /** What the line is replaced with. */
  instead?: string;
  /** The code that lint finds it by. */
  finds: string;
}

const good = readdirSync(fixture('lint/good')).sort();
const { planted } = JSON.parse(readFileSync(join(fixture('lint/planted'), 'list.json'), 'utf8')) as {
  planted: Planted[];
};

const { odd } = JSON.parse(readFileSync(join(fixture('lint'), 'odd.json'), 'utf8')) as {
  odd: { [name: string]: string[] };
};

/** A copy of a good skill with one file changed, removed when the test is over. */
function skillWith(into: string, file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const name = `${into}-production-parity`;
  const skill = join(folder, name);
  cpSync(join(fixture('lint/good'), name), skill, { recursive: true });
  const before = readFileSync(join(skill, file), 'utf8');
  const now = change(before);
  expect(now).not.toBe(before);
  writeFileSync(join(skill, file), now);
  return skill;
}

test.each(good)('%s, checked by hand: no finding', (name) => {
  expect(lintSkill(readSkill(join(fixture('lint/good'), name)))).toEqual([]);
});

test.each(planted)('$into: "$text$instead" is found: $finds', ({
  into,
  file,
  after,
  text: planting,
  instead,
  finds,
}) => {
  let before = '';
  let now = '';
  const skill = skillWith(into, file, (text) => {
    before = text;
    now = text.replace(`${after}\n`, () => (instead === undefined ? `${after}\n${planting}\n` : `${instead}\n`));
    return now;
  });
  const findings = lintSkill(readSkill(skill));
  expect([...new Set(findings.map(({ code }) => code))]).toEqual([finds]);
  // Where it was put, and nowhere else.
  const from = now
    .slice(
      0,
      [...now].findIndex((each, index) => each !== before[index]),
    )
    .split('\n').length;
  const lines = (instead ?? planting ?? '').split('\n').length;
  for (const { line, path } of findings) {
    expect(path).toBe(file);
    expect(line).toBeGreaterThanOrEqual(from - 2);
    expect(line).toBeLessThanOrEqual(from + lines + 1);
  }
});

test.each(Object.entries(odd))('%s with what looks like a leftover and is none: no finding', (into, lines) => {
  const skill = skillWith(into, 'SKILL.md', (text) =>
    text.replace('## Fix Patterns\n', () => `## Fix Patterns\n\n${lines.join('\n\n')}\n`),
  );
  expect(lintSkill(readSkill(skill))).toEqual([]);
});

test('the lists are long enough to say something', () => {
  expect(planted.length).toBeGreaterThanOrEqual(70);
  expect(good.length + Object.keys(odd).length).toBeGreaterThanOrEqual(10);
  expect(
    Object.keys(odd)
      .map((name) => `${name}-production-parity`)
      .sort(),
  ).toEqual(good);
});

test('every check of lint has something planted', () => {
  const codes = new Set(planted.map(({ finds }) => finds));
  expect(lintChecks.map(({ meta }) => meta.code).filter((code) => !codes.has(code))).toEqual([]);
});
