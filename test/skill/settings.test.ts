import { expect, test } from 'vitest';
import type { Fact } from '../../scripts/model.ts';
import { settingChanges, settingsOf, versionChanges, versionsOf } from '../../scripts/skill/settings.ts';

function setting(path: string, value: boolean): Fact {
  return {
    ...{ surface: 'edge', subject: 'session-cookie.http-only', attribute: 'setting', value, environment: 'shared' },
    ...{ reader: 'security-settings', evidence: { path, line: 3, excerpt: `httpOnly: ${value}` } },
  };
}

const before = settingsOf([setting('src/login.ts', true), setting('src/theme.ts', true)]);

test('a setting that changed is told, though another file still sets what it was', () => {
  const changes = settingChanges(before, [setting('src/login.ts', false), setting('src/theme.ts', true)]);
  expect(changes).toMatchObject([{ before: { path: 'src/login.ts', value: 'true' }, value: 'false' }]);
});

test('one that is gone is told, though another file has always set the same', () => {
  expect(settingChanges(before, [setting('src/theme.ts', true)])).toMatchObject([{ value: undefined }]);
});

test('one that only moved to another file is none', () => {
  expect(settingChanges(before, [setting('src/auth/login.ts', true), setting('src/theme.ts', true)])).toEqual([]);
});

function version(path: string, value: string | null): Fact {
  return {
    ...{ surface: 'runtime', subject: 'java', attribute: 'version', value, environment: 'shared' },
    ...{ reader: 'dockerfile', evidence: { path, line: 1, excerpt: `FROM java:${value}` } },
  };
}

test('a version that is computed, beside one that is not, is what it was', () => {
  const facts = [version('Dockerfile', null), version('Dockerfile', '17'), version('pom.xml', '17')];
  expect(versionChanges(versionsOf(facts), facts)).toEqual([]);
  const [, ...others] = facts;
  const changed = [version('Dockerfile', '21'), ...others];
  expect(versionChanges(versionsOf(facts), changed)).toMatchObject([{ value: '21' }]);
});
