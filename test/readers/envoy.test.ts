import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/envoy'));

test('listeners, hosts, headers, routes and clusters', () => {
  expect(factsOf('readers/envoy', 'envoy')).toEqual([
    'edge host value=shop.example.org @shared [shop] envoy.yaml:12',
    'edge listen value=8080 @shared [main] envoy.yaml:4',
    'edge timeout value=30s @shared envoy.yaml:20',
    'edge timeout-connect value=1s @shared envoy.yaml:23',
    'edge trusted-proxies value=xff_num_trusted_hops=1 @shared envoy.yaml:8',
    'edge upstream value=web @shared envoy.yaml:27',
    'edge x-frame-options value=DENY @shared envoy.yaml:16',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('envoy:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'envoy').map((each) => each.path)).toEqual(['envoy.yaml']);
});
