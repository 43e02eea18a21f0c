import { expect, test } from 'vitest';
import type { Fact } from '../../scripts/model.ts';
import { settingChanges, settingsOf } from '../../scripts/skill/settings.ts';

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
