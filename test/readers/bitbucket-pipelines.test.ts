import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('steps in parallel and by branch, their images and services, and the deployment that a step declares', () => {
  expect(factsOf('readers/bitbucket-pipelines', 'bitbucket-pipelines')).toEqual([
    'config ACCESS_KEY value=null @production [Ship it] bitbucket-pipelines.yml:31',
    'config NODE_ENV value=test @ci [Test] bitbucket-pipelines.yml:15',
    'config POSTGRES_DB value=shop @ci [db] bitbucket-pipelines.yml:7',
    'config REGION value=eu @production [Ship it] bitbucket-pipelines.yml:27',
    'config S3_BUCKET value=shop-prod @production [Ship it] bitbucket-pipelines.yml:30',
    'operations Lint process=Lint @ci bitbucket-pipelines.yml:17',
    'operations Ship it process=Ship it @production bitbucket-pipelines.yml:24',
    'operations Test process=Test @ci bitbucket-pipelines.yml:12',
    'runtime node image=node:20 @ci bitbucket-pipelines.yml:1',
    'runtime node image=node:18 @ci [Lint] bitbucket-pipelines.yml:18',
    'runtime node version=20 @ci bitbucket-pipelines.yml:1',
    'runtime node version=18 @ci [Lint] bitbucket-pipelines.yml:18',
    'services postgresql image=postgres:14 @ci [db] bitbucket-pipelines.yml:5',
    'services postgresql version=14 @ci [db] bitbucket-pipelines.yml:5',
  ]);
});
