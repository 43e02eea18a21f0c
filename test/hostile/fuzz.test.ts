import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { inMemory, targets } from './support/fuzz.ts';

test.each(targets)('$name: whatever the input, no crash, no hang, and what comes out fits its schema', ({
  property,
  share,
}) => {
  const result = fc.check(property, { numRuns: Math.round(600 * share), seed: 20_260_301, endOnFailure: true });
  expect(result.failed ? { error: String(result.errorInstance), input: result.counterexample } : null).toBeNull();
});

test('what a reader throws is told: the fuzzing would see it', () => {
  const broken = {
    ...inMemory(new Map([['Dockerfile', 'FROM node:20\n']])),
    read: () => ({ ok: true as const, text: null as unknown as string }),
  };
  expect(() => inspectOpened(broken)).toThrow();
});
