import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { questionRules } from '../../scripts/questions/rules/index.ts';
import { fixture } from '../support/facts-of.ts';

test('folder and registry name the same kinds of question', () => {
  const files = readdirSync(join(import.meta.dirname, '..', '..', 'scripts', 'questions', 'rules'));
  const names = files.filter((file) => file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''));
  expect(questionRules.map((rule) => rule.name).sort()).toEqual(names.sort());
});

test('what files leave open is asked, each with its lines and one recommended option first', () => {
  const { questions, unasked } = inspectRepository(fixture('questions/asks'));
  expect(
    questions.map(({ id, because }) => `${id} ${because.map(({ path, line }) => `${path}:${line}`).join(' ')}`),
  ).toEqual([
    'restriction-not-mirrored:ADMIN_ALLOW_LIST deploy/production/web.yaml:12 src/app.js:8',
    'restriction-not-mirrored:OIDC_REQUIRED_GROUP deploy/production/web.yaml:23 src/app.js:9',
    'restriction-content:SIGNUP_ALLOWED_DOMAINS deploy/production/web.yaml:17 src/app.js:13',
    'production-version:postgresql compose.yaml:3 package.json:1',
    'production-disagrees:opensearch deploy/production/reindex.yaml:10 deploy/production/web.yaml:42',
    'production-flags:growthbook src/app.js:10',
    'provider-credentials:mail:resend src/app.js:7',
    'missing-in-production:SIGNUP_INVITES_ENABLED deploy/staging/web.yaml:15 src/app.js:12',
    'security-header:csp src/app.js:6',
    'placement ',
  ]);
  // Ten at most; where the skill goes is always asked.
  expect(unasked?.map((question) => question.id)).toEqual(['counted-in-process:rate-limit']);
  for (const question of questions) {
    expect(question.options.map((option) => option.recommended === true)).toEqual(
      question.options.map((_, index) => index === 0),
    );
    expect(question.options.length).toBeGreaterThan(1);
    // Where the skill goes can be decided by anybody who is asked; the rest somebody may not know.
    expect(question.options.at(-1)?.label.startsWith('Not known')).toBe(question.id !== 'placement');
  }
});

test('where no file names production, that is asked first', () => {
  const [first] = inspectRepository(fixture('questions/asks-for-production')).questions;
  expect(first?.id).toBe('production-truth');
});

test('the name and the switches of a production that no file describes', () => {
  const { questions } = inspectRepository(fixture('questions/asks-for-production'));
  const asked = (id: string) => questions.find((question) => question.id === id);
  expect(asked('production-name:APP_ENV')?.because.map(({ path, line }) => `${path}:${line}`)).toEqual([
    'jobs/tasks.py:4',
    'jobs/tasks.py:7',
  ]);
  expect(asked('production-switches:parts')?.ask).toContain('MAIL_ENABLED and SCAN_ENABLED');
});

test('what files answer is not asked', () => {
  expect(inspectRepository(fixture('questions/answers')).questions.map((question) => question.id)).toEqual([]);
});

test.each([
  ['rules/production-reached', 'addresses-meant:production-reached'],
  ['rules/default-reaches-elsewhere', 'addresses-meant:default-reaches-elsewhere'],
  ['rules/process-only-in', 'suspended-jobs'],
])('%s: what a drift leaves open is asked where it speaks, and only there', (folder, id) => {
  const idsOf = (twin: string) => inspectRepository(fixture(`${folder}/${twin}`)).questions.map((each) => each.id);
  expect(idsOf('speaks')).toContain(id);
  expect(idsOf('silent')).not.toContain(id);
});

test('a secret that is given as a whole, and a provider of flags that only the configuration names', () => {
  const { questions } = inspectRepository(fixture('questions/flags-in-settings'));
  const asked = questions.filter((each) => /^(?:secret-contents|production-flags)/.test(each.id));
  expect(
    asked.map(({ id, because }) => `${id} ${because.map(({ path, line }) => `${path}:${line}`).join(' ')}`),
  ).toEqual([
    'production-flags:unleash src/main/resources/application.yaml:3',
    'secret-contents .nais/app-prod.yaml:8',
  ]);
});

test('a number of machines that production’s own variables give is not asked for', () => {
  const asked = (name: string): string[] => inspectRepository(fixture(name)).questions.map((question) => question.id);
  expect(asked('questions/production-size/asks')).toContain('production-size');
  expect(asked('questions/size-set-elsewhere')).not.toContain('production-size');
});
