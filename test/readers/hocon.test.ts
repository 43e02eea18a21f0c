import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { parseHocon } from '../../scripts/syntax/hocon.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

test('settings of all and of single environments, variables that stand over a value, maps laid over each other', () => {
  expect(factsOf('readers/hocon', 'hocon')).toEqual([
    'config APPLICATION_SECRET default=null @shared conf/application.conf:4',
    'config APPLICATION_SECRET read=defaulted @shared conf/application.conf:4',
    'config DB_URL default=jdbc:postgresql://localhost/shop @shared conf/application.conf:12',
    'config DB_URL read=defaulted @shared conf/application.conf:12',
    'config MAIL_HOST read=required @shared conf/application.conf:15',
    'config banner value=two lines @shared conf/application.conf:19',
    'config base.retries value=3 @shared conf/application.conf:16',
    'config db.default.driver value=org.postgresql.Driver @shared conf/application.conf:10',
    'config db.default.driver value=org.h2.Driver @test src/test/resources/application.conf:2',
    'config db.default.pool.size value=50 @PROD conf/PROD.public.conf:4',
    'config db.default.pool.size value=5 @shared conf/application.conf:13',
    'config db.default.pool.timeout value=30 seconds @shared conf/application.conf:13',
    'config db.default.url value=null @shared conf/application.conf:12',
    'config features value=search @shared conf/application.conf:22',
    'config identity.useStub value=true @DEV conf/DEV.public.conf:3',
    'config identity.useStub value=false @PROD conf/PROD.public.conf:5',
    'config mail.host value=null @shared conf/application.conf:15',
    'config play.assets.cache./compiled/ value=max-age=31536000 @shared conf/application.conf:21',
    'config play.filters.csrf.cookie.name value=SHOP_CSRF @shared conf/application.conf:6',
    'config play.filters.csrf.cookie.secure value=true @shared conf/application.conf:6',
    'config play.filters.hosts.allowed value=.example.org,localhost:9000 @shared conf/application.conf:7',
    'config play.http.secret.key value=null @shared conf/application.conf:4',
    'config shop.domain value=localhost @DEV conf/DEV.public.conf:2',
    'config shop.domain value=shop.example.org @PROD conf/PROD.public.conf:3',
    'config shop.environments.api.url value=https://api.dev.example.org @DEV conf/DEV.public.conf:4',
    'config stage value=DEV @DEV conf/DEV.public.conf:1',
    'config stage value=PROD @PROD conf/PROD.public.conf:2',
    'config worker.threads value=2 @shared conf/application.conf:17',
    'services postgresql engine=org.postgresql.Driver @shared conf/application.conf:10',
    'services postgresql scheme=jdbc:postgresql @shared conf/application.conf:12',
  ]);
});

test('files of servers with the same ending are none', () => {
  const { coverage } = inspectRepository(fixture('readers/hocon'));
  const read = coverage.read.filter(({ reader }) => reader === 'hocon').map(({ path }) => path);
  expect(read).toEqual([
    'conf/DEV.public.conf',
    'conf/PROD.public.conf',
    'conf/application.conf',
    'src/test/resources/application.conf',
  ]);
});

test.each([
  'a',
  'a {',
  'a = ',
  'a = [1, 2',
  'a = "x',
  'a = """x',
  '= 1',
  'a = 1 }',
  'listen 80;',
  '[section]\na = 1',
  `a = ${'['.repeat(200)}`,
  `${'a.'.repeat(200)}b = 1`,
])('%s is none', (text) => {
  expect(parseHocon(text)).toBeUndefined();
});

test('many keys and many dots take time with their number alone', () => {
  const keys = Array.from({ length: 30_000 }, (_, index) => `k${index} = ${index}`).join('\n');
  const started = performance.now();
  expect(parseHocon(keys)?.entries).toHaveLength(30_000);
  expect(performance.now() - started).toBeLessThan(3000);
});
