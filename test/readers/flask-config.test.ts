import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by configuration class; no method, other class or other file counts', () => {
  expect(factsOf('readers/flask-config', 'flask-config')).toEqual([
    'config DEBUG value=True @local config.py:15',
    'config PREFERRED_URL_SCHEME conditional-value=https @production config.py:24',
    'config RATELIMIT.default value=100/hour @production config.py:22',
    'config SECRET_KEY value=null @shared config.py:5',
    'config SESSION_COOKIE_SECURE value=False @local config.py:17',
    'config SESSION_COOKIE_SECURE value=True @shared config.py:6',
    'config SQLALCHEMY_DATABASE_URI value=sqlite:///dev.db @local config.py:16',
    'config SQLALCHEMY_DATABASE_URI value=null @shared config.py:7',
    'services sqlite scheme=sqlite @local config.py:16',
  ]);
});
