import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hides, withoutHidden } from '../../scripts/environments/layers.ts';
import type { Fact } from '../../scripts/model.ts';

const fact: fc.Arbitrary<Fact> = fc
  .record({
    path: fc.constantFrom(
      'chart/values.yaml',
      'chart/values/prod.yaml',
      '.env',
      '.env.production',
      'src/config.ts',
      'Dockerfile',
    ),
    environment: fc.constantFrom('shared', 'production', 'staging'),
    reader: fc.constantFrom('helm-values', 'dotenv', 'javascript', 'dockerfile', 'compose'),
    attribute: fc.constantFrom('value', 'default'),
    unit: fc.constantFrom(undefined, 'web', 'worker'),
  })
  .map(({ path, unit, ...rest }) => ({
    ...{ surface: 'config' as const, subject: 'PORT', value: '80', ...rest },
    ...(unit === undefined ? {} : { unit }),
    evidence: { path, line: 1, excerpt: 'PORT=80' },
  }));

test('what is left is what no other hides', () => {
  const result = fc.check(
    fc.property(fc.array(fact, { maxLength: 8 }), (facts) => {
      const left = facts.filter((each) => !facts.some((other) => other !== each && hides(other, each)));
      expect(withoutHidden(facts)).toEqual(left);
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(result.failed ? result.counterexample : null).toBeNull();
});
