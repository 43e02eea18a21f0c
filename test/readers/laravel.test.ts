import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables with their defaults, and settings that matter; no comment, text or other file', () => {
  expect(factsOf('readers/laravel', 'laravel')).toEqual([
    'config APP_DEBUG default=false @shared config/app.php:8',
    'config APP_DEBUG read=defaulted @shared config/app.php:8',
    'config APP_DEBUG type=boolean @shared config/app.php:8',
    'config APP_ENV default=production @shared config/app.php:7',
    'config APP_ENV read=defaulted @shared config/app.php:7',
    'config APP_KEY read=required @shared config/app.php:9',
    'config SESSION_COOKIE default=null @shared config/session.php:9',
    'config SESSION_COOKIE read=defaulted @shared config/session.php:9',
    'config SESSION_DRIVER default=file @shared config/session.php:4',
    'config SESSION_DRIVER read=defaulted @shared config/session.php:4',
    'config SESSION_SECURE_COOKIE read=optional @shared config/session.php:6',
    'config app.timezone value=UTC @shared config/app.php:10',
    'config session.lifetime value=120 @shared config/session.php:5',
    'config session.same_site value=lax @shared config/session.php:7',
    'config session.stores.redis.timeout value=5 @shared config/session.php:8',
  ]);
});
