import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('drift/settings-by-environment'), {
  environments: [
    { name: 'prod', class: 'production', paths: ['docker/entrypoint.sh'] },
    { name: 'uat', class: 'staging', paths: ['docker/*.sh', 'gone/*.py'] },
  ],
});

test('a path that is given to several environments is of each of them', () => {
  const facts = inspection.facts.filter((fact) => fact.evidence.path === 'docker/entrypoint.sh');
  expect([...new Set(facts.map((fact) => fact.environment))]).toEqual(['prod', 'uat']);
});

test('a path that no file fits is said', () => {
  expect(inspection.coverage.unread).toEqual([
    { path: 'gone/*.py', reason: 'the parity map gives this path to uat, and no file fits it: correct it there' },
  ]);
});
