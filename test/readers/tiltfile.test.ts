import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/tiltfile'));

test('images, manifests and local resources', () => {
  expect(factsOf('readers/tiltfile', 'tiltfile')).toEqual([
    'operations migrate process=npm run migrate @local [migrate] Tiltfile:10',
    'operations tilt compose-file=docker-compose.yml @local [tilt] Tiltfile:2',
    'operations tilt manifest=k8s/db.yaml @local [tilt] Tiltfile:3',
    'operations tilt manifest=k8s/web.yaml @local [tilt] Tiltfile:3',
    'operations web dockerfile=Dockerfile.dev @local [web] Tiltfile:7',
    'operations web process=build @local [web] Tiltfile:5',
    'operations web target=dev @local [web] Tiltfile:8',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('tiltfile:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'tiltfile').map((each) => each.path)).toEqual(['Tiltfile']);
});
