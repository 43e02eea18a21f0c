import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/dex'));

test('clients, connectors and lifetimes', () => {
  expect(factsOf('readers/dex', 'dex')).toEqual([
    'identity allowed-group value=acme @shared [gh] dex-config.yaml:12',
    'identity allowed-group value=ops @shared [gh] dex-config.yaml:12',
    'identity client value=shop @shared dex-config.yaml:4',
    'identity id-token-lifetime value=24h @shared dex-config.yaml:13',
    'identity identity-provider value=github @shared [gh] dex-config.yaml:8',
    'identity issuer value=https://dex.example.org @shared dex-config.yaml:1',
    'identity redirect-uri value=https://shop.example.org/callback @shared [shop] dex-config.yaml:6',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('dex:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'dex').map((each) => each.path)).toEqual(['dex-config.yaml']);
});
