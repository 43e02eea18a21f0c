import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a default that the framework’s own file has, an answer that is handed over and examples of servers are told once, and not above their weight', () => {
  expect(driftOf('drift/laravel-own')).toEqual([
    'medium default-differs:DB_CONNECTION:test: test: DB_CONNECTION is sqlite, by default mysql; no file says what production has',
    'medium key-stale:QUEUE_DRIVER: QUEUE_DRIVER is set in test and nothing reads it; the framework calls it QUEUE_CONNECTION now',
    'low edge-only-in:examples:local: body-limit is set in examples of the server in front, and local has nothing of the kind',
    'low env-name-branch:APP_ENV in app/Providers/AppServiceProvider.php: APP_ENV (!= production) decides in app/Providers/AppServiceProvider.php',
    'low key-stale:MAIL_DRIVER: MAIL_DRIVER is set in test and nothing reads it',
  ]);
});
