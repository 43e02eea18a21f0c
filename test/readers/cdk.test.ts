import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/cdk'));
const { coverage } = inspection;

test('the context by environment, without the tool’s own switches', () => {
  expect(factsOf('readers/cdk', 'cdk')).toEqual([
    'config context.databaseUrl value=postgres://[withheld]@db/shop @prod infra/cdk.json:6',
    'config context.domain value=shop.example @prod infra/cdk.json:6',
    'config context.domain value=staging.shop.example @staging infra/cdk.json:7',
    'config context.nodeVersion value=20 @shared infra/cdk.json:8',
    'config context.replicas value=3 @prod infra/cdk.json:5',
    'config context.replicas value=1 @staging infra/cdk.json:5',
    'runtime node version=20 @shared infra/cdk.json:8',
    'services postgresql scheme=postgres @prod infra/cdk.json:6',
  ]);
});

test('the cache of look-ups is left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('cdk:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'cdk').map((each) => each.path)).toEqual(['infra/cdk.json']);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
