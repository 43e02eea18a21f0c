import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('drift/program-called-live'));

function environmentsOf(path: string): string[] {
  return [
    ...new Set(inspection.facts.filter((fact) => fact.evidence.path === path).map((fact) => fact.environment)),
  ].sort();
}

test('a program that is called by a weak word is no environment, in its folder and in the job that builds it', () => {
  expect(environmentsOf('apps/live/.env.example')).toEqual(['local']);
  expect(environmentsOf('apps/live/Dockerfile.live')).toEqual(['shared']);
  expect(inspection.environments.map((each) => `${each.name} ${each.class}`)).toEqual([
    'ci ci',
    'demo staging',
    'local local',
    'prod production',
  ]);
});

test('where another file knows the environment, its files and jobs keep it; the program’s own folder does not', () => {
  expect(environmentsOf('chart/values-demo.yaml')).toEqual(['demo']);
  expect(environmentsOf('apps/demo/.env.example')).toEqual(['local']);
  const job = inspection.facts
    .filter((fact) => fact.unit === 'deploy_demo' && fact.subject === 'REGISTRY')
    .map((fact) => fact.environment);
  expect(job).toEqual(['demo']);
});
