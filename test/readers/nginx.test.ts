import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/nginx'));

test('servers, headers, limits, redirects and templates, with the text as written', () => {
  expect(factsOf('readers/nginx', 'nginx')).toEqual([
    'config API_HOST read=required @shared templates/default.conf.template:6',
    'config PORT read=required @shared templates/default.conf.template:3',
    'edge access value=deny all @prod [^/(?:a|b)] docker/prod/nginx.conf:20',
    'edge access value=return 404 @prod [/\\.git] docker/prod/nginx.conf:28',
    'edge body-limit value=20m @prod docker/prod/nginx.conf:3',
    "edge content-security-policy value=default-src 'self'; img-src * @prod [shop.example.org] docker/prod/nginx.conf:17",
    'edge host value=shop.example.org @prod [shop.example.org] docker/prod/nginx.conf:9',
    'edge host value=www.shop.example.org @prod [shop.example.org] docker/prod/nginx.conf:9',
    'edge host value=shop.example.org @prod [shop.example.org] docker/prod/nginx.conf:14',
    'edge listen value=8080 @local conf.d/dev.conf:2',
    'edge listen value=80 @prod [shop.example.org] docker/prod/nginx.conf:8',
    'edge listen value=443 ssl @prod [shop.example.org] docker/prod/nginx.conf:13',
    'edge listen value=${PORT} @shared templates/default.conf.template:3',
    'edge rate-limit value=$binary_remote_addr zone=api:10m rate=5r/s @prod docker/prod/nginx.conf:4',
    'edge rate-limit value=zone=api burst=20 @prod [/api/] docker/prod/nginx.conf:22',
    'edge redirect value=301 https://$host$request_uri @prod [shop.example.org] docker/prod/nginx.conf:10',
    'edge strict-transport-security value=max-age=63072000; includeSubDomains @prod [shop.example.org] docker/prod/nginx.conf:16',
    'edge timeout value=600 @local conf.d/dev.conf:3',
    'edge timeout value=90s @prod [/api/] docker/prod/nginx.conf:23',
    'edge tls value=443 ssl @prod [shop.example.org] docker/prod/nginx.conf:13',
    'edge tls-protocols value=TLSv1.2 TLSv1.3 @prod [shop.example.org] docker/prod/nginx.conf:15',
    'edge trusted-proxies value=10.0.0.0/8 @prod docker/prod/nginx.conf:5',
    'edge upstream value=web:3000 @prod [app] docker/prod/nginx.conf:6',
    'edge upstream value=http://app @prod [/api/] docker/prod/nginx.conf:24',
    'edge upstream value=http://${API_HOST}:8080 @shared [/] templates/default.conf.template:6',
    'edge x-frame-options value=null @shared [/] templates/default.conf.template:7',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('nginx:'))).toEqual([
    { path: 'docker/prod/nginx.conf', reason: 'nginx: line 1: a block that is never closed' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'nginx').map((each) => each.path)).toEqual([
    'conf.d/dev.conf',
    'docker/prod/nginx.conf',
    'templates/default.conf.template',
  ]);
});
