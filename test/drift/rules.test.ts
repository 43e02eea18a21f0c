import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { rules } from '../../scripts/drift/rules/index.ts';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Drift } from '../../scripts/model.ts';
import { fixture } from '../support/facts-of.ts';

/** `severity id: title`, then a line a side. */
function inWords(drift: Drift): string {
  const sides = drift.sides.map(
    (side) => `  ${side.environment} ${side.evidence.path}:${side.evidence.line} ${side.evidence.excerpt}`,
  );
  const missing = drift.missing ? [`  missing in ${drift.missing.environments.join(', ')}`] : [];
  return [`${drift.severity} ${drift.id}: ${drift.title}`, ...sides, ...missing].join('\n');
}

test('folder, registry and fixtures name the same rules', () => {
  const names = rules.map((rule) => rule.meta.name);
  const files = readdirSync(join(import.meta.dirname, '..', '..', 'scripts', 'drift', 'rules')).filter(
    (file) => file !== 'index.ts',
  );
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual([...names].sort());
  expect(readdirSync(fixture('rules')).sort()).toEqual([...names].sort());
  expect([...names].sort()).toEqual(names);
});

describe.each(rules.map((rule) => rule.meta.name))('%s', (name) => {
  test('speaks where it must, with the lines of both sides', async () => {
    const drift = inspectRepository(fixture(`rules/${name}/speaks`)).drift.filter((each) => each.rule === name);
    await expect(`${drift.map(inWords).join('\n')}\n`).toMatchFileSnapshot(join('snapshots', `${name}.txt`));
    expect(drift.length).toBeGreaterThan(0);
  });

  test('is silent on the near twin', () => {
    const drift = inspectRepository(fixture(`rules/${name}/silent`)).drift.filter((each) => each.rule === name);
    expect(drift.map(inWords)).toEqual([]);
  });

  test('nothing else says it: without its code it is not said', () => {
    const rule = rules.find(({ meta }) => meta.name === name);
    if (!rule) throw new Error(`no rule ${name}`);
    const find = vi.spyOn(rule, 'find').mockReturnValue([]);
    onTestFinished(() => find.mockRestore());
    const drift = inspectRepository(fixture(`rules/${name}/speaks`)).drift.filter((each) => each.rule === name);
    expect(find).toHaveBeenCalled();
    expect(drift.map(inWords)).toEqual([]);
  });
});
