import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/haproxy'));

test('frontends, backends, limits and rules', () => {
  expect(factsOf('readers/haproxy', 'haproxy')).toEqual([
    'edge access value=http-request deny if { path_beg /internal } @shared [web] haproxy.cfg:12',
    'edge connection-limit value=4000 @shared [global] haproxy.cfg:2',
    'edge host value=shop.example.org @shared [web] haproxy.cfg:9',
    'edge listen value=*:443 ssl crt /etc/certs/shop.pem @shared [web] haproxy.cfg:8',
    'edge rate-limit value=http-request deny deny_status 429 if { sc_http_req_rate(0) gt 100 } @shared [web] haproxy.cfg:11',
    'edge redirect value=scheme https unless { ssl_fc } @shared [web] haproxy.cfg:10',
    'edge strict-transport-security value=max-age=31536000 @shared [web] haproxy.cfg:13',
    'edge timeout value=60s @shared [defaults] haproxy.cfg:6',
    'edge timeout-client value=30s @shared [defaults] haproxy.cfg:5',
    'edge tls value=*:443 ssl crt /etc/certs/shop.pem @shared [web] haproxy.cfg:8',
    'edge tls-protocols value=ssl-min-ver TLSv1.2 @shared [global] haproxy.cfg:3',
    'edge upstream value=web1 10.0.1.5:3000 check @shared [app] haproxy.cfg:15',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('haproxy:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'haproxy').map((each) => each.path)).toEqual(['haproxy.cfg']);
});
