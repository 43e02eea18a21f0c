import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('images, variables, steps and schedules, with parameters at their defaults', () => {
  expect(factsOf('readers/circleci', 'circleci')).toEqual([
    'config APP_ENV value=staging @staging [deploy-staging] .circleci/config.yml:37',
    'config CONTRACT_TAG value=main @staging [deploy-staging] .circleci/config.yml:40',
    'config DATABASE_URL value=postgres://[withheld]@localhost/shop @ci [test] .circleci/config.yml:23',
    'config NODE_ENV value=test @ci [test] .circleci/config.yml:18',
    'config POSTGRES_USER value=shop @ci [test] .circleci/config.yml:20',
    'config RAILS_ENV value=test @ci [test] .circleci/config.yml:33',
    'config STEP value=one @ci [test] .circleci/config.yml:30',
    'config TAG value=null @ci [test] .circleci/config.yml:24',
    'data migrations runs=bin/rails db:migrate @ci [test] .circleci/config.yml:33',
    'operations deploy-staging process=deploy-staging @staging .circleci/config.yml:34',
    'operations integration image=null @ci [integration] .circleci/config.yml:45',
    'operations integration process=integration @ci .circleci/config.yml:41',
    'operations nightly schedule=0 2 * * * @ci .circleci/config.yml:52',
    'operations prepare env-file=.env.sample @ci [prepare] .circleci/config.yml:12',
    'operations test env-file=api/.env.test @ci [test] .circleci/config.yml:32',
    'operations test process=test @ci .circleci/config.yml:14',
    'runtime node image=cimg/node:20.10 @ci [test] .circleci/config.yml:16',
    'runtime node version=20.10 @ci [test] .circleci/config.yml:16',
    'runtime runner-os image=ubuntu-2204:2024.01.1 @ci [machine] .circleci/config.yml:8',
    'services postgresql image=cimg/postgres:15.4 @ci [test] .circleci/config.yml:19',
    'services postgresql image=postgres:16.2 @ci [integration] .circleci/config.yml:56',
    'services postgresql scheme=postgres @ci [test] .circleci/config.yml:23',
    'services postgresql version=15.4 @ci [test] .circleci/config.yml:19',
    'services postgresql version=16.2 @ci [integration] .circleci/config.yml:56',
    'services redis image=cimg/redis:${parameter} @ci [test] .circleci/config.yml:21',
  ]);
});
