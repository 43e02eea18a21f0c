import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('images, shell commands, variables and secrets that a deployment sets; an environment by the file’s name', () => {
  expect(factsOf('readers/cloud-build', 'cloud-build')).toEqual([
    'config DB_PASSWORD secret-reference=db-password:latest @staging [deploy staging] cloudbuild.yaml:16',
    'config LOG_LEVEL value=debug @ci [test] cloudbuild.yaml:5',
    'config LOG_LEVEL value=info @staging [deploy staging] cloudbuild.yaml:15',
    'config NODE_ENV value=production @prod [build] cloudbuild.prod.yaml:4',
    'config REGION value=eu @staging [deploy staging] cloudbuild.yaml:15',
    'config RELEASE build-arg=1 @ci [build] cloudbuild.yaml:7',
    'config _SIZE value=small @ci cloudbuild.yaml:18',
    'operations build image=gcr.io/cloud-builders/docker @ci [build] cloudbuild.yaml:6',
    'operations deploy staging image=gcr.io/google.com/cloudsdktool/cloud-sdk:slim @ci [deploy staging] cloudbuild.yaml:9',
    'runtime node image=node:20 @ci [build] cloudbuild.prod.yaml:2',
    'runtime node version=20 @ci [build] cloudbuild.prod.yaml:2',
    'runtime python image=python:3.11 @ci [test] cloudbuild.yaml:3',
    'runtime python version=3.11 @ci [test] cloudbuild.yaml:3',
  ]);
});
