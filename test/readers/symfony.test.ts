import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by folder and section, variables as reads; no comment, wiring or other file', () => {
  expect(factsOf('readers/symfony', 'symfony')).toEqual([
    'config APP_SECRET read=required @shared config/packages/framework.yaml:2',
    'config CDN_PATH read=required @prod config/packages/framework.yaml:12',
    'config MAILER_DSN default=null @shared config/services.yaml:2',
    'config MAILER_DSN read=defaulted @shared config/services.yaml:6',
    'config PORT read=required @shared config/services.yaml:6',
    'config framework.assets.base_path value=null @prod config/packages/framework.yaml:12',
    'config framework.cache.app value=cache.adapter.redis @shared config/packages/cache.yaml:3',
    'config framework.cache.default_redis_provider value=redis://cache:6379 @shared config/packages/cache.yaml:4',
    'config framework.mailer.dsn value=null @test config/packages/test/mailer.yaml:3',
    'config framework.session.cookie_secure value=true @prod config/packages/framework.yaml:10',
    'config framework.session.cookie_secure value=auto @shared config/packages/framework.yaml:4',
    'config framework.test value=true @test config/packages/framework.yaml:15',
    'config shop.page_size value=20 @shared config/services.yaml:3',
    'config shop.page_size value=5 @test config/services_test.yaml:2',
    'services redis scheme=redis @shared config/packages/cache.yaml:4',
  ]);
});
