import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('programs with command, user and variables; a .conf of nginx is none', () => {
  expect(factsOf('readers/supervisord', 'supervisord')).toEqual([
    'config DJANGO_SETTINGS_MODULE value=shop.settings @shared [web] supervisord.conf:10',
    'config LOG_LEVEL value=info @shared [web] supervisord.conf:10',
    'operations supervisord user=root @shared [supervisord] supervisord.conf:2',
    'operations watch process=bin/watch @shared [watch] supervisord.conf:13',
    'operations web process=/venv/bin/gunicorn shop.wsgi --bind :8000 @shared [web] supervisord.conf:5',
    'operations web replicas=2 @shared [web] supervisord.conf:8',
    'operations web restart=true @shared [web] supervisord.conf:9',
    'operations web user=shop @shared [web] supervisord.conf:7',
  ]);
});
