import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('steps, services, variables and secrets; a promotion’s target is the environment', () => {
  expect(factsOf('readers/drone', 'drone')).toEqual([
    'config DATABASE_URL value=postgres://db/shop @ci [test] .drone.yml:7',
    'config MODE value=ci @ci [test] .drone.yml:11',
    'config POSTGRES_DB value=shop @ci [db] .drone.yml:22',
    'config REGION value=eu @production [publish] .drone.yml:17',
    'config TOKEN secret-reference=api_token @ci [test] .drone.yml:8',
    'operations publish image=plugins/docker @ci [publish] .drone.yml:13',
    'operations publish process=publish @production .drone.yml:12',
    'operations test process=test @ci .drone.yml:4',
    'runtime go image=golang:1.22 @ci [test] .drone.yml:5',
    'runtime go version=1.22 @ci [test] .drone.yml:5',
    'services postgresql image=postgres:15 @ci [db] .drone.yml:20',
    'services postgresql scheme=postgres @ci [test] .drone.yml:7',
    'services postgresql version=15 @ci [db] .drone.yml:20',
  ]);
});
