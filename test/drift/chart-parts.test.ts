import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

const drift = driftOf('drift/chart-parts');

test('four parts that one environment’s values switch on are one platform beside the program; three are three', () => {
  expect(drift.filter((line) => /value-differs:.*(?:enabled|parts)/.test(line))).toEqual([
    'medium value-differs:clerk.enabled:preview: clerk.enabled is false in production and true in preview',
    'medium value-differs:desk.enabled:preview: desk.enabled is false in production and true in preview',
    'medium value-differs:parts of the chart, preview: 4 parts of the chart are off in production and on in preview: basket, ledger, letters and messaging (charts/shop/values.yaml)',
    'medium value-differs:stamp.enabled:preview: stamp.enabled is false in production and true in preview',
  ]);
});

test('a secret that is taken whole has the keys that it is called after', () => {
  expect(drift.filter((line) => line.includes('key-undeclared'))).toEqual([
    'medium key-undeclared:LEDGER_SERVER_API_TOKEN: LEDGER_SERVER_API_TOKEN is read and nothing declares it',
  ]);
});

test('how the program signs in with others lets nobody into it', () => {
  expect(drift.filter((line) => line.includes('client.registration')).map((line) => line.split(' ')[0])).toEqual([
    'low',
  ]);
});

test('the size of a database that is ordered is a size, and how it works is not', () => {
  expect(drift.filter((line) => line.includes('db_'))).toEqual([
    'medium value-differs:db_mode:preview: db_mode is strict in production and lax in preview',
    'low value-differs:db_tier:preview: db_tier is db-custom-4 in production and db-micro in preview',
  ]);
});
