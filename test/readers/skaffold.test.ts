import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/skaffold'));

test('what is built, and what profiles change', () => {
  expect(factsOf('readers/skaffold', 'skaffold')).toEqual([
    'config NODE_VERSION build-arg=22 @local [web] skaffold.yaml:10',
    'config replicaCount value=1 @local [shop] skaffold.yaml:16',
    'operations gcb patch=/build/artifacts/0/docker/dockerfile=Dockerfile.slim @local [gcb] skaffold.yaml:24',
    'operations shop values-file=values.dev.yaml @local [shop] skaffold.yaml:15',
    'operations web dockerfile=Dockerfile.dev @local [web] skaffold.yaml:8',
    'operations web process=build @local [web] skaffold.yaml:6',
    'operations web process=build @staging [web] skaffold.yaml:19',
    'operations web target=development @local [web] skaffold.yaml:9',
    'operations web target=runtime @staging [web] skaffold.yaml:19',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('skaffold:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'skaffold').map((each) => each.path)).toEqual([
    'skaffold.yaml',
  ]);
});
