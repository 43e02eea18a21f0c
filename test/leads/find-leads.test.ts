import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

test('the weightiest lines first, each with a reason; no string, import, test, or code in a comment is a lead', () => {
  const { leads } = inspectRepository(fixture('leads'));
  expect(leads.map(({ subject, evidence }) => `${subject} ${evidence.path}:${evidence.line}`)).toEqual([
    'production-only src/hooks.ts:3',
    'production-only src/jobs.rb:3',
    'webhook-signature src/hooks.ts:4',
    'role-check src/hooks.ts:7',
    'idempotency src/hooks.ts:8',
    'lock src/jobs.rb:5',
    'retry-policy src/jobs.rb:2',
  ]);
  expect(leads.every((lead) => lead.why.length > 20)).toBe(true);
});
