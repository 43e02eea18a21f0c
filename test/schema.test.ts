import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectRepository } from '../scripts/inspect-repository.ts';
import { assertInspection } from '../scripts/schema.ts';
import { fixture } from './support/facts-of.ts';
import { makeSchemas } from './support/make-schemas.ts';

test.each(makeSchemas())('resources/$file says what the types say (npm run schema)', ({ file, text }) => {
  expect(readFileSync(join(import.meta.dirname, '..', 'resources', file), 'utf8')).toBe(text);
});

test('an inspection fits its schema, and a broken one is refused with the place', () => {
  const inspection = inspectRepository(fixture('readers/version-file'));
  expect(() => assertInspection(inspection, 'x.json')).not.toThrow();
  const [first] = inspection.facts;
  const broken = { ...inspection, facts: [{ ...first, evidence: { ...first?.evidence, line: 0 } }] };
  expect(() => assertInspection(broken, 'x.json')).toThrow('x.json: /facts/0/evidence/line must be >= 1');
  expect(() => assertInspection({ ...inspection, extra: 1 }, 'x.json')).toThrow('additional properties (extra)');
  expect(() =>
    assertInspection({ ...inspection, environments: [{ name: 'x', class: 'prod', evidence: [] }] }, 'x.json'),
  ).toThrow('(production, staging, preview, ci, test, local)');
});
