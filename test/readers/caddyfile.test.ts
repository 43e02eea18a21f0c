import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/caddyfile'));

test('sites, headers and limits; what the environment fills in', () => {
  expect(factsOf('readers/caddyfile', 'caddyfile')).toEqual([
    'config API_HOST read=required @shared Caddyfile:16',
    'config SITE_HOST default=localhost @shared Caddyfile:9',
    'config SITE_HOST read=defaulted @shared Caddyfile:9',
    'edge access value=basic_auth @shared [{$SITE_HOST:localhost}] Caddyfile:24',
    'edge access value=respond 403 @shared [{$SITE_HOST:localhost}] Caddyfile:27',
    'edge body-limit value=10MB @shared [{$SITE_HOST:localhost}] Caddyfile:22',
    'edge host value=www.shop.example.org @shared Caddyfile:9',
    'edge host value={$SITE_HOST:localhost} @shared Caddyfile:9',
    'edge listen value=:8080 @local Caddyfile.dev:1',
    'edge strict-transport-security value=max-age=31536000 @shared [{$SITE_HOST:localhost}] Caddyfile:12',
    'edge timeout value=45s @shared [{$SITE_HOST:localhost}] Caddyfile:18',
    'edge tls value=internal @shared [{$SITE_HOST:localhost}] Caddyfile:28',
    'edge trusted-proxies value=static 10.0.0.0/8 @shared Caddyfile:3',
    'edge upstream value=web:3000 @local [:8080] Caddyfile.dev:2',
    'edge upstream value={env.API_HOST}:8080 @shared [{$SITE_HOST:localhost}] Caddyfile:16',
    'edge x-content-type-options value=nosniff @shared [security] Caddyfile:7',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('caddyfile:'))).toEqual([
    { path: 'Caddyfile', reason: 'caddyfile: line 30: closes a block that was never opened' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'caddyfile').map((each) => each.path)).toEqual([
    'Caddyfile',
    'Caddyfile.dev',
  ]);
});
