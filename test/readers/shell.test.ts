import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys that scripts take from outside, and what they decide by them; nothing that a script sets itself, and no text in single quotes', () => {
  expect(factsOf('readers/shell', 'shell')).toEqual([
    'config APP_ENV branch=== production @shared bin/docker-entrypoint:15',
    'config APP_ENV branch=switch @shared bin/docker-entrypoint:21',
    'config APP_ENV read=optional @shared bin/docker-entrypoint:15',
    'config APP_ENV read=optional @shared bin/docker-entrypoint:21',
    'config APP_ENV taken=production @shared [15] bin/docker-entrypoint:16',
    'config APP_ENV taken=test @shared [21] bin/docker-entrypoint:22',
    'config DATABASE_URL read=required @shared bin/docker-entrypoint:4',
    'config DEPLOY_TOKEN read=optional @shared scripts/deploy.sh:2',
    'config LOG_LEVEL default=info @shared bin/docker-entrypoint:6',
    'config LOG_LEVEL read=defaulted @shared bin/docker-entrypoint:6',
    'config MAIL_MODE set-in-code=console @shared bin/docker-entrypoint:22',
    'config PORT default=8080 @shared bin/docker-entrypoint:5',
    'config PORT read=defaulted @shared bin/docker-entrypoint:5',
    'config RELEASE_TAG read=required @shared scripts/deploy.sh:3',
    'config SENTRY_DSN read=optional @shared bin/docker-entrypoint:18',
    'config SENTRY_DSN read=optional @shared bin/docker-entrypoint:19',
    'config SERVER_NAME read=required @shared bin/docker-entrypoint:26',
    'config SHOP_STAGE branch=!= prod @shared bin/docker-entrypoint:18',
    'config SHOP_STAGE default=dev @shared bin/docker-entrypoint:18',
    'config SHOP_STAGE fails-open=dev @shared bin/docker-entrypoint:18',
    'config SHOP_STAGE read=defaulted @shared bin/docker-entrypoint:18',
    'config SHOP_STAGE taken=not production @shared [18] bin/docker-entrypoint:19',
    'config WEB_WORKERS default=$(nproc) @shared bin/docker-entrypoint:7',
    'config WEB_WORKERS read=defaulted @shared bin/docker-entrypoint:7',
    'operations logging arm=not production @shared bin/docker-entrypoint:19',
    'operations server runs=gunicorn --workers $WORKERS @shared bin/docker-entrypoint:16',
    'providers mail arm=test @shared bin/docker-entrypoint:22',
    'services queue arm=production @shared bin/docker-entrypoint:16',
  ]);
});
