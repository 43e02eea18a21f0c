import { expect, test } from 'vitest';
import type { Environment, Fact } from '../../scripts/model.ts';
import { settingChanges, settingsOf, versionChanges, versionsOf } from '../../scripts/skill/settings.ts';

function setting(path: string, value: boolean): Fact {
  return {
    ...{ surface: 'edge', subject: 'session-cookie.http-only', attribute: 'setting', value, environment: 'shared' },
    ...{ reader: 'security-settings', evidence: { path, line: 3, excerpt: `httpOnly: ${value}` } },
  };
}

const before = settingsOf([setting('src/login.ts', true), setting('src/theme.ts', true)], []);

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

const environments: Environment[] = [
  { name: 'prod', class: 'production', evidence: [] },
  { name: 'qa', class: 'staging', evidence: [] },
];

function value(subject: string, told: string, environment: string, line = 3): Fact {
  return {
    ...{ surface: 'config', subject, attribute: 'value', value: told, environment, reader: 'helm-values' },
    evidence: { path: `values-${environment}.yaml`, line, excerpt: told },
  };
}

test('of keys, those that keep somebody out of production are told: an item more or another one of an allow list, a flag of the cookie', () => {
  const had = [
    value('ingress.allowlist.groups.0', 'staff', 'prod'),
    value('ingress.allowlist.groups.0', 'staff', 'qa'),
    value('server.servlet.session.cookie.http-only', 'true', 'shared'),
    value('ingress.host', 'shop.internal', 'prod'),
    value('cookie.name', 'sid', 'shared'),
  ];
  const record = settingsOf(had, environments);
  expect(record.map(({ setting, environment }) => `${setting} ${environment}`)).toEqual([
    'ingress.allowlist.groups prod',
    'server.servlet.session.cookie.http-only shared',
  ]);
  const more = value('ingress.allowlist.groups.1', 'everybody', 'prod', 4);
  expect(settingChanges(record, [...had, more])).toMatchObject([
    { before: { surface: 'identity', value: 'staff' }, value: 'everybody | staff', fact: more },
  ]);
  const flipped = had.map((fact) => (fact.subject.endsWith('http-only') ? { ...fact, value: 'false' } : fact));
  expect(settingChanges(record, flipped)).toMatchObject([{ value: 'false', fact: { evidence: { line: 3 } } }]);
  const elsewhere = had.map((fact) => (fact.environment === 'qa' ? { ...fact, value: 'testers' } : fact));
  expect(settingChanges(record, elsewhere)).toEqual([]);
});
