import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what the runner of the tests sets; no other list, section or tool counts', () => {
  expect(factsOf('readers/pytest-environment', 'pytest-environment')).toEqual([
    'config APP_ENV value=test @test pytest.ini:4',
    'config CACHE_ENABLED value=0 @test pytest.ini:6',
    'config DATABASE_URL value=sqlite:// @test tox.ini:5',
    'config DJANGO_SETTINGS_MODULE value=api.settings @test api/pyproject.toml:2',
    'config DJANGO_SETTINGS_MODULE value=shop.settings.test @test pytest.ini:9',
    'config DJANGO_SETTINGS_MODULE value=shop.settings.test @test tox.ini:12',
    'config HOME value=null @test tox.ini:6',
    'config LEVEL value=debug @test api/pyproject.toml:3',
    'config LINT value=1 @test tox.ini:10',
    'config MODE value=test @test api/pyproject.toml:7',
    'config REGION value=eu @test api/pyproject.toml:3',
    'config TEMPLATE value={not} @test pytest.ini:7',
    'config TOKEN_TTL value=5 @test api/pyproject.toml:8',
    'data migrations override=skips-migrations @test api/pyproject.toml:4',
    'data migrations override=skips-migrations @test pytest.ini:11',
    'services sqlite scheme=sqlite @test tox.ini:5',
  ]);
});
