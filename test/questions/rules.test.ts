import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Question } from '../../scripts/model.ts';
import { questionRules } from '../../scripts/questions/rules/index.ts';
import { fixture } from '../support/facts-of.ts';

/** Of each kind: what the repository in `asks` must be asked, with the lines, and what its near twin in `silent` must not. */
const PAIRS: [kind: string, asked: string[]][] = [
  ['data-backup', ['data-backup:postgresql deploy/production/db.yaml:11']],
  ['data-by-environment', ['data-by-environment:SHOP_ENV shop/migrations/0002_prices.py:5']],
  ['deploy-gate', ['deploy-gate .github/workflows/deploy.yml:9']],
  [
    'deployed-from-elsewhere',
    ['deployed-from-elsewhere .github/workflows/deploy.yml:11 .github/workflows/deploy.yml:14'],
  ],
  [
    'deployed-otherwise',
    [
      'deployed-otherwise:part .github/workflows/deploy.yml:14',
      'deployed-otherwise:rewritten .github/workflows/deploy.yml:12',
    ],
  ],
  [
    'managed-resources',
    ['managed-resources:storage src/app.js:1 src/app.js:2 package.json:1', 'managed-resources:sqs src/app.js:3'],
  ],
  ['outside-production-doors', ['outside-production-doors src/routes/tools.js:1']],
  ['pipeline-variables', ['pipeline-variables .github/workflows/deploy.yml:10']],
  ['production-processes', ['production-processes Procfile:2 shop/settings.py:3']],
  ['production-size', ['production-size chart/values.yaml:1']],
  [
    'production-version',
    [
      'production-version:postgresql deploy/production/web.yaml:13 db/Dockerfile:1 src/db.js:1 package.json:1',
      'production-version:redis src/app.js:2 package.json:1',
    ],
  ],
  [
    'provider-credentials',
    [
      'provider-credentials:mail:sendgrid chart/templates/web.yaml:12 src/app.js:1',
      'provider-credentials:sign-in:keycloak chart/templates/web.yaml:17 src/app.js:2',
      'provider-credentials:payment:stripe src/app.js:3',
    ],
  ],
  ['secret-contents', ['secret-contents infra/app.tf:3']],
  ['sent-to-browser', ['sent-to-browser:SESSION_SECRET next.config.js:3']],
  ['shared-workflows', ['shared-workflows:acme/workflows .github/workflows/ci.yml:6']],
  ['test-doors', ['test-doors shop/settings.py:3 shop/settings.py:4']],
  ['trusted-proxies', ['trusted-proxies src/app.js:1 .env.example:1']],
  ['unverified-tls', ['unverified-tls src/db.js:2']],
];

test.each(PAIRS)('%s', (kind, asked) => {
  expect(ofKind(kind, 'asks').map(withLines)).toEqual(asked);
  expect(ofKind(kind, 'silent')).toEqual([]);
});

test('every kind of question has a fixture in which it is asked', () => {
  const folders = readdirSync(fixture('questions')).flatMap((name) =>
    existsSync(fixture(`questions/${name}/asks`)) ? [`questions/${name}/asks`] : [`questions/${name}`],
  );
  const others = ['production-reached', 'process-only-in'].map((rule) => `rules/${rule}/speaks`);
  const asked = new Set([...folders, ...others].flatMap((folder) => allOf(folder).map((each) => kindOf(each))));
  expect(questionRules.map((rule) => rule.name).filter((name) => !asked.has(name))).toEqual([]);
});

test('a question that a graver difference waits for, or of a weightier kind, comes first; a further one of its kind later', () => {
  const asked = inspectRepository(fixture('questions/asks')).questions.map(kindOf);
  expect(asked.indexOf('restriction-not-mirrored')).toBeLessThan(asked.indexOf('production-version'));
  expect(asked.at(-1)).toBe('placement');
});

function ofKind(kind: string, twin: string): Question[] {
  return allOf(`questions/${kind}/${twin}`).filter((each) => kindOf(each) === kind);
}

function allOf(folder: string): Question[] {
  const { questions, unasked = [] } = inspectRepository(fixture(folder));
  return [...questions, ...unasked];
}

function kindOf({ id }: Question): string {
  return id.split(':')[0] ?? '';
}

function withLines({ id, because }: Question): string {
  return [id, ...because.map(({ path, line }) => `${path}:${line}`)].join(' ');
}
