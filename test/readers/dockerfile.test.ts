import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/dockerfile'));

test('stages, what only builds, variables, packages and commands, each on its own line', () => {
  expect(factsOf('readers/dockerfile', 'dockerfile')).toEqual([
    'config A value=1 @shared [worker] worker/Dockerfile:3',
    'config BASE_IMAGE build-arg=ghcr.io/acme/acme-eclipse-temurin:25-jre-jammy @shared jvm/Dockerfile:1',
    'config COMMIT build-arg=null @shared [build] Dockerfile:12',
    'config DATABASE_URL build-arg=postgres://[withheld]@localhost/build @shared [build] Dockerfile:13',
    'config DATABASE_URL value=file:$DATA_DIR/dev.db @local [image] Dockerfile.dev:2',
    'config GREETING value=hello big world @shared [base] Dockerfile:9',
    'config NODE_ENV value=production @shared [base] Dockerfile:6',
    'config NODE_VERSION build-arg=22.4 @shared Dockerfile:2',
    'config POETRY_VERSION value=1.8.3 @shared [worker] worker/Dockerfile:4',
    'config PORT value=8080 @shared [base] Dockerfile:8',
    'config REGISTRY build-arg=null @shared Dockerfile:3',
    'operations development process=npm run dev @local [development] Dockerfile:22',
    'operations image healthcheck=curl -f http://localhost:8080/health @shared [image] Dockerfile:37',
    'operations image port=8080 @shared [image] Dockerfile:35',
    'operations image port=9090/udp @shared [image] Dockerfile:35',
    'operations image process=dumb-init -- node server.js @shared [image] Dockerfile:39',
    'operations image user=node @shared [image] Dockerfile:36',
    'operations tools image=${REGISTRY}/tools @shared [tools] Dockerfile:24',
    'operations tools image=acme/base:2 @shared [tools] tools/Dockerfile:1',
    'operations web process=yarn dev @local [web] docker/web.Dockerfile:3',
    'operations worker image=acme/base:2 @shared [worker] worker/Dockerfile:2',
    'operations worker process=exec ./worker @shared [worker] worker/Dockerfile:6',
    'runtime gradle image=gradle:9-jdk25 @shared [builder] jvm/Dockerfile:2',
    'runtime gradle version=9 @shared [builder] jvm/Dockerfile:2',
    'runtime imagemagick version=8:6.9.11.60 @shared [build] Dockerfile:17',
    // The line that says the version is the argument's.
    'runtime java image=ghcr.io/acme/acme-eclipse-temurin:25-jre-jammy @shared [jvm] jvm/Dockerfile:1',
    'runtime java version=25 @shared [jvm] jvm/Dockerfile:1',
    'runtime node image=node:lts-alpine @local [web] docker/web.Dockerfile:1',
    'runtime node image=node:22.4-slim @shared [base] Dockerfile:5',
    'runtime node version=lts @local [web] docker/web.Dockerfile:1',
    'runtime node version=22.4 @shared Dockerfile:2',
    'runtime node version=22.4 @shared [base] Dockerfile:5',
    'runtime node version=20.1.0-r0 @shared [image] Dockerfile:31',
    'runtime node version=24 @shared [tools] tools/Dockerfile:2',
    'runtime node version=22 @shared [tools] tools/Dockerfile:3',
    'runtime poetry version=1.8.3 @shared [worker] worker/Dockerfile:4',
    'runtime python image=python:3.10 @local [image] Dockerfile.dev:1',
    'runtime python version=3.10 @local [image] Dockerfile.dev:1',
    'services litefs image=flyio/litefs:0.5.11 @shared Dockerfile:28',
    'services litefs version=0.5.11 @shared Dockerfile:28',
    'services postgresql client=postgresql-client-16 @shared [build] Dockerfile:15',
    'services redis client=redis-tools @shared [image] Dockerfile:31',
    'services sqlite scheme=file @local [image] Dockerfile.dev:2',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('dockerfile:'))).toEqual([
    { path: 'worker/Dockerfile', reason: 'dockerfile: line 5: not an instruction of a Dockerfile' },
    { path: 'worker/Dockerfile', reason: 'dockerfile: line 8: a here-document that does not end' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'dockerfile').map((each) => each.path)).toEqual([
    'Dockerfile',
    'Dockerfile.dev',
    'docker/web.Dockerfile',
    'jvm/Dockerfile',
    'tools/Dockerfile',
    'worker/Dockerfile',
  ]);
});
