import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('commands over several lines, variables in every quoting, timers; a source file called .service is none', () => {
  expect(factsOf('readers/systemd', 'systemd')).toEqual([
    'config GREETING value=hello there @shared [shop] deploy/shop.service:6',
    'config LOG_LEVEL value=info @shared [shop] deploy/shop.service:5',
    'config LOG_LEVEL value=debug @staging [shop] deploy/staging/shop.service:2',
    'config RAILS_ENV value=production @shared [shop] deploy/shop.service:5',
    'operations backup schedule=*-*-* 03:00:00 @shared [backup] deploy/backup.timer:2',
    'operations shop env-file=/etc/shop.env @shared [shop] deploy/shop.service:7',
    'operations shop process=/usr/bin/node server.js --port 3000 @shared [shop] deploy/shop.service:8',
    'operations shop restart=always @shared [shop] deploy/shop.service:10',
    'operations shop user=shop @shared [shop] deploy/shop.service:4',
  ]);
});
