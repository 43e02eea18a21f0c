import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by configuration class; no method, other class or other file counts', () => {
  const facts = factsOf('readers/flask-config', 'flask-config');
  expect(facts.filter((fact) => !/ (?:classes|derived)\//.test(fact))).toEqual([
    'config DEBUG value=True @local config.py:15',
    'config PREFERRED_URL_SCHEME conditional-value=https @production config.py:24',
    'config RATELIMIT.default value=100/hour @production config.py:22',
    'config SECRET_KEY from-variable=null @shared config.py:5',
    'config SECRET_KEY value=null @shared config.py:5',
    'config SESSION_COOKIE_SECURE value=False @local config.py:17',
    'config SESSION_COOKIE_SECURE value=True @shared config.py:6',
    'config SQLALCHEMY_DATABASE_URI from-variable=null @shared config.py:7',
    'config SQLALCHEMY_DATABASE_URI value=sqlite:///dev.db @local config.py:16',
    'config SQLALCHEMY_DATABASE_URI value=null @shared config.py:7',
    'services sqlite scheme=sqlite @local config.py:16',
  ]);
});

test('classes named by a table or derived from each other, and what a setting is without its variable', () => {
  const facts = factsOf('readers/flask-config', 'flask-config');
  expect(facts.filter((fact) => fact.includes(' classes/'))).toEqual([
    'config CACHE_ENABLED from-variable=True @shared classes/config.py:5',
    'config CACHE_ENABLED value=False @local classes/config.py:13',
    'config CACHE_ENABLED value=null @shared classes/config.py:5',
    'config CACHE_ENABLED value=False @test classes/config.py:13',
    'config LIMIT from-variable=20 @shared classes/config.py:6',
    'config LIMIT value=null @shared classes/config.py:6',
    // A class between the two gives it.
    'config LIMIT value=1 @test classes/config.py:19',
    'config REGION from-variable=null @shared classes/config.py:7',
    'config REGION value=eu @local classes/config.py:15',
    'config REGION value=null @shared classes/config.py:7',
    'config REGION value=none @test classes/config.py:23',
    'config STATIC value=environ @shared classes/config.py:9',
    'config TIMEOUT from-variable=null @shared classes/config.py:8',
    'config TIMEOUT value=null @shared classes/config.py:8',
  ]);
});

test('a name that says more than an environment’s gives way to what its class is derived from; a dev derived from production is deployed', () => {
  const facts = factsOf('readers/flask-config', 'flask-config');
  expect(facts.filter((fact) => fact.includes(' derived/'))).toEqual([
    'config ANTIVIRUS value=True @test derived/config.py:6',
    'config PAGE_SIZE value=50 @shared derived/config.py:2',
    'config PAGE_SIZE value=5 @test derived/config.py:7',
    'config REGION value=eu @production derived/config.py:20',
    'config SUPPORT_DESK value=False @dev derived/config.py:29',
    'config SUPPORT_DESK value=console @local derived/config.py:33',
    'config SUPPORT_DESK value=True @production derived/config.py:11',
  ]);
});
