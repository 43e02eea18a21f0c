import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys that Rust reads, through std, dotenvy, clap and helpers; its own tests are under test; no comment, string or raw string counts', () => {
  expect(factsOf('readers/rust', 'rust')).toEqual([
    'config API_TOKEN read=required @shared src/main.rs:20',
    'config APP_ENV branch=== production @shared src/main.rs:28',
    'config APP_ENV read=optional @shared src/main.rs:28',
    'config APP_ENV taken=production @shared [28] src/main.rs:29',
    'config BUILD_SHA fixed-at=build @shared src/main.rs:15',
    'config BUILD_SHA read=optional @shared src/main.rs:15',
    'config DATABASE_URL read=required @shared src/main.rs:7',
    'config DOMAIN_NAME default=example.com @shared src/main.rs:9',
    'config DOMAIN_NAME read=defaulted @shared src/main.rs:9',
    'config ENV branch=== Production @shared src/main.rs:25',
    'config ENV taken=production @shared [25] src/main.rs:26',
    'config LISTEN_ADDR default=0.0.0.0 @shared src/main.rs:38',
    'config LISTEN_ADDR read=defaulted @shared src/main.rs:38',
    'config MIRROR_URL read=optional @shared src/main.rs:21',
    'config POOL_SIZE default=5 @shared src/main.rs:19',
    'config POOL_SIZE read=defaulted @shared src/main.rs:19',
    'config PORT default=8080 @shared src/main.rs:8',
    'config PORT read=defaulted @shared src/main.rs:8',
    'config PORT set-in-code=1 @test src/main.rs:50',
    'config QUEUE_URL read=required @shared src/main.rs:11',
    'config SENTRY_DSN read=optional @shared src/main.rs:12',
    'config SESSION_KEY read=required @shared src/main.rs:10',
    'config SHOP_* read=optional @shared src/config/mod.rs:23',
    'config TLS_CERT read=optional @shared src/main.rs:40',
    'config TLS_KEY read=required @shared src/main.rs:42',
    'config debug_assertions branch=is set @shared src/main.rs:22',
    'config debug_assertions branch=not (is set) @shared src/main.rs:33',
    'config debug_assertions taken=debug_assertions @shared [22] src/main.rs:23',
    'config debug_assertions taken=not debug_assertions @shared [33] src/main.rs:34',
    'data database arm=debug_assertions @shared src/main.rs:23',
  ]);
});
