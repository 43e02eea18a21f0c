import { expect, test } from 'vitest';
import type { Environment, Fact } from '../../scripts/model.ts';
import { oneSidedChanges, presenceOf } from '../../scripts/skill/presence.ts';

const environments: Environment[] = [
  { name: 'ci', class: 'ci', evidence: [] },
  { name: 'production', class: 'production', evidence: [] },
];

function key(subject: string, environment: string, path: string, line = 1): Fact {
  return {
    ...{ surface: 'config', subject, attribute: 'value', value: 'x', environment, reader: 'dotenv' },
    evidence: { path, line, excerpt: `${subject}=x` },
  };
}

const [test1, test2] = ['.github/workflows/test.yml', '.github/workflows/e2e.yml'];
const facts = [
  key('MAIL', 'ci', test1, 4),
  key('PORT', 'ci', test1, 5),
  key('MAIL', 'ci', test2, 8),
  key('PORT', 'ci', test2, 9),
  key('MAIL', 'production', 'k8s/production.yaml', 12),
  key('MAIL', 'shared', 'chart/deployment.yaml', 30),
  key('PORT', 'shared', 'chart/deployment.yaml', 31),
];
const before = presenceOf(facts);
const without = (subject: string, path: string): Fact[] =>
  facts.filter((each) => each.subject !== subject || each.evidence.path !== path);

test('a key that one file lost, though another file of the same environment has it', () => {
  expect(oneSidedChanges(before, without('MAIL', test1), environments)).toMatchObject([
    {
      id: `one-sided:MAIL:${test1}`,
      change: 'lost',
      path: test1,
      beside: { subject: 'PORT', evidence: { path: test1, line: 5 } },
    },
  ]);
});

test('a key that a file of all environments lost', () => {
  expect(oneSidedChanges(before, without('MAIL', 'chart/deployment.yaml'), environments)).toMatchObject([
    { id: 'one-sided:MAIL:chart/deployment.yaml', others: [test2, test1, 'k8s/production.yaml'] },
  ]);
});

test('an environment that lost it in every file is told once', () => {
  const now = without('MAIL', test1).filter((each) => each.subject !== 'MAIL' || each.evidence.path !== test2);
  const [change, ...more] = oneSidedChanges(before, now, environments);
  expect(change).toMatchObject({ id: 'one-sided:MAIL:ci', environment: 'ci' });
  expect(more).toEqual([]);
});

test('what moved to a new file, went with its whole file, or everywhere, is none', () => {
  const moved = [...without('MAIL', test1), key('MAIL', 'ci', '.github/actions/env/action.yml')];
  expect(oneSidedChanges(before, moved, environments)).toEqual([]);
  expect(
    oneSidedChanges(
      before,
      facts.filter((each) => each.evidence.path !== test1),
      environments,
    ),
  ).toEqual([]);
  expect(
    oneSidedChanges(
      before,
      facts.filter((each) => each.subject !== 'MAIL'),
      environments,
    ),
  ).toEqual([]);
});

test('a file that is laid over another goes by the value of that one; production that loses its own is told', () => {
  const spring = (subject: string, environment: string, name: string, line: number): Fact => ({
    ...key(subject, environment, `src/main/resources/${name}`, line),
    reader: 'spring',
  });
  const all = [
    spring('docs.enabled', 'shared', 'application.yml', 1),
    spring('docs.enabled', 'ci', 'application-ci.yml', 1),
    spring('docs.enabled', 'production', 'application-production.yml', 1),
    spring('mail.from', 'ci', 'application-ci.yml', 2),
    spring('mail.from', 'production', 'application-production.yml', 2),
  ];
  const lostIn = (environment: string): string[] =>
    oneSidedChanges(
      presenceOf(all),
      all.filter((each) => each.subject !== 'docs.enabled' || each.environment !== environment),
      environments,
    ).map(({ id }) => id);
  expect(lostIn('ci')).toEqual([]);
  expect(lostIn('production')).toEqual(['one-sided:docs.enabled:production']);
});
