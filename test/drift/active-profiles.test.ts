import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('tests that run with the local profile too have its settings, where their own profile does not set them after it', () => {
  const drift = driftOf('drift/active-profiles').filter((line) => line.includes('value-differs'));
  expect(drift).toEqual([
    'medium value-differs:events.enabled:local: events.enabled is true in production and false in local',
    'medium value-differs:notify.enabled:local+test: notify.enabled is true in production and false in local and test',
    // What is as Spring has it, or changes no behaviour of Spring's, is no difference.
    "medium value-differs:spring.main.allow-circular-references:test: spring.main.allow-circular-references is true in test, and production runs with Spring's default, false",
  ]);
});

test('a spied bean stands in for the real one', () => {
  const drift = driftOf('drift/active-profiles').filter((line) => line.includes('test-overrides-production'));
  expect(drift).toHaveLength(1);
});
