import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('parameters, resources and their variables; what an expression works out is its parameter’s default or nothing; secure parameters are withheld', () => {
  expect(factsOf('readers/arm-template', 'arm-template')).toEqual([
    'config LOG_LEVEL value=info @shared [shop-web] infra/azuredeploy.json:28',
    'config SESSION_KEY value=null @shared [shop-web] infra/azuredeploy.json:29',
    'config param.adminPassword value=null @prod infra/azuredeploy.parameters.prod.json:6',
    'config param.adminPassword value=null @shared infra/azuredeploy.json:6',
    'config param.databaseVersion value=16 @prod infra/azuredeploy.parameters.prod.json:5',
    'config param.databaseVersion value=15 @shared infra/azuredeploy.json:5',
    'operations shop-web https-only=true @shared [shop-web] infra/azuredeploy.json:24',
    'runtime node version=20 @shared [shop-web] infra/azuredeploy.json:26',
    'services postgresql availability=ZoneRedundant @shared [siteName] infra/azuredeploy.json:17',
    'services postgresql version=15 @shared [siteName] infra/azuredeploy.json:5',
  ]);
});
