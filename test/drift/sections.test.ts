import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('three small differences of one section are one line; two are two', () => {
  expect(driftOf('drift/sections').filter((line) => line.includes('value-differs'))).toEqual([
    'low value-differs:Letters:Analyser:Development: Letters:Analyser is english in production and simple in Development',
    'low value-differs:Letters:Ranking:Development: Letters:Ranking is newest in production and oldest in Development',
    'low value-differs:Logging:LogLevel:Development: Logging:LogLevel: Default is Warning in production and Information in Development; Microsoft is Error in production and Warning in Development; System is Error in production and Warning in Development',
  ]);
});
