import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/apache'));

test('directives of virtual hosts and .htaccess', () => {
  expect(factsOf('readers/apache', 'apache')).toEqual([
    'config APP_ENV value=production @prod [*:443] apache.prod.conf:8',
    'config DB_PASSWORD value=null @prod [*:443] apache.prod.conf:9',
    'edge access value=Require ip 10.0.0.0/8 @prod [/admin] apache.prod.conf:11',
    'edge body-limit value=10485760 @prod [*:443] apache.prod.conf:7',
    'edge directory-listing value=-Indexes @shared public/.htaccess:9',
    'edge host value=shop.example.org @prod apache.prod.conf:1',
    'edge host value=shop.example.com @prod [*:443] apache.prod.conf:3',
    'edge host value=www.shop.example.org @prod [*:443] apache.prod.conf:3',
    'edge listen value=*:443 @prod apache.prod.conf:2',
    'edge redirect value=https://%{HTTP_HOST}/$1 [L,R=301] @shared public/.htaccess:4',
    'edge tls value=on @prod [*:443] apache.prod.conf:4',
    'edge tls-protocols value=all -SSLv3 -TLSv1 @prod [*:443] apache.prod.conf:5',
    'edge upstream value=/ http://app:3000/ @prod [*:443] apache.prod.conf:13',
    'edge x-frame-options value=DENY @shared public/.htaccess:7',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('apache:'))).toEqual([
    { path: 'apache.prod.conf', reason: 'apache: line 15: closes a block that was never opened' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'apache').map((each) => each.path)).toEqual([
    'apache.prod.conf',
    'public/.htaccess',
  ]);
});
