import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('machines, containers, installed versions with a parameter’s default, variables and scripts, in the environment of each deployment', () => {
  expect(factsOf('readers/azure-pipelines', 'azure-pipelines')).toEqual([
    'config API_URL value=http://localhost @ci [test] azure-pipelines.yml:35',
    'config BUILD_MODE value=release @ci azure-pipelines.yml:10',
    'config LOG_LEVEL value=debug @ci [test] azure-pipelines.yml:38',
    'config POSTGRES_PASSWORD value=null @ci [db] azure-pipelines.yml:17',
    'config REGION value=westeurope @production [web] azure-pipelines.yml:44',
    'config TARGET value=live @production [web] azure-pipelines.yml:49',
    'config TARGET value=stage @staging [staging] azure-pipelines.yml:56',
    'operations nightly schedule=0 2 * * * @ci azure-pipelines.yml:3',
    'operations staging process=staging @staging azure-pipelines.yml:51',
    'operations test process=test @ci azure-pipelines.yml:21',
    'operations web process=web @production azure-pipelines.yml:41',
    'runtime node version=20.x @ci [test] azure-pipelines.yml:30',
    'runtime python image=python:3.11 @ci [test] azure-pipelines.yml:24',
    'runtime python version=3.11 @ci [test] azure-pipelines.yml:24',
    'runtime python version=null @ci [test] azure-pipelines.yml:33',
    'runtime runner-os image=ubuntu-22.04 @ci [test] azure-pipelines.yml:23',
    'services postgresql image=postgres:15 @ci [db] azure-pipelines.yml:15',
    'services postgresql version=15 @ci [db] azure-pipelines.yml:15',
  ]);
});
