import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readers } from '../../scripts/readers/index.ts';
import { fixture } from '../support/facts-of.ts';

const names = readers.map((reader) => reader.name);

test('folder, registry, fixtures and tests name the same readers', () => {
  const folder = join(import.meta.dirname, '..', '..', 'scripts', 'readers');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !['index.ts', 'reader.ts'].includes(file));
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual([...names].sort());
  expect(names.filter((name) => !existsSync(fixture(`readers/${name}`)))).toEqual([]);
  expect(names.filter((name) => !existsSync(join(import.meta.dirname, `${name}.test.ts`)))).toEqual([]);
  expect([...names].sort()).toEqual(names);
});
