import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings of the server, with the default of a variable; nothing in a hook, a comment or another file', () => {
  expect(factsOf('readers/gunicorn-config', 'gunicorn-config')).toEqual([
    'operations gunicorn timeout=null @shared gunicorn_config.py:5',
    'operations gunicorn worker-class=eventlet @shared gunicorn_config.py:4',
    'operations gunicorn workers=4 @shared gunicorn_config.py:3',
  ]);
});
