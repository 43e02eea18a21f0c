import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/oauth2-proxy'));

test('who is let in, and how', () => {
  expect(factsOf('readers/oauth2-proxy', 'oauth2-proxy')).toEqual([
    'identity allowed-domain value=example.org @prod oauth2-proxy.prod.cfg:2',
    'identity allowed-group value=acme @prod oauth2-proxy.prod.cfg:3',
    'identity cookie-secure value=true @prod oauth2-proxy.prod.cfg:4',
    'identity identity-provider value=github @prod oauth2-proxy.prod.cfg:1',
    'identity public-path value=^/health$ @prod oauth2-proxy.prod.cfg:7',
    'identity upstream value=http://web:3000/ @prod oauth2-proxy.prod.cfg:6',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('oauth2-proxy:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'oauth2-proxy').map((each) => each.path)).toEqual([
    'oauth2-proxy.prod.cfg',
  ]);
});
