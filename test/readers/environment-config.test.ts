import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

test('a file that is named after an environment tells its variables, values and images; so does one of sections by environment', () => {
  expect(factsOf('readers/environment-config', 'environment-config')).toEqual([
    'config APP_ENV value=prod @prod infra/config.prod.yaml:3',
    'config APP_ENV value=prod @prod terraform/variables/app_config.yml:11',
    'config APP_ENV value=uat @uat terraform/variables/app_config.yml:7',
    'config ASSETS_PRECOMPILE value=true @prod terraform/variables/app_config.yml:2',
    'config ASSETS_PRECOMPILE value=true @uat terraform/variables/app_config.yml:2',
    'config CACHE_URL value=redis://cache:6379/0 @prod infra/config.prod.yaml:12',
    'config DB_PASSWORD secret-reference=arn:aws:secretsmanager:eu:1:secret:shop/db @prod infra/config.prod.yaml:4',
    'config MAX_THREADS value=60 @prod terraform/variables/app_config.yml:12',
    'config MAX_THREADS value=50 @uat terraform/variables/app_config.yml:3',
    'config SESSION_TTL value=3600 @development config/development.json:3',
    'config mailer.transport value=console @development config/development.json:2',
    'config services.api.image value=postgres:16.4 @prod infra/config.prod.yaml:7',
    'config services.api.min_capacity value=2 @prod infra/config.prod.yaml:8',
    'config services.labels.name value=just a title @prod infra/config.prod.yaml:14',
    'config services.labels.value value=x @prod infra/config.prod.yaml:14',
    'services postgresql image=postgres:16.4 @prod infra/config.prod.yaml:7',
    'services postgresql version=16.4 @prod infra/config.prod.yaml:7',
    'services redis scheme=redis @prod infra/config.prod.yaml:12',
  ]);
});

test('development in config/ is a laptop', () => {
  const { environments } = inspectRepository(fixture('readers/environment-config'));
  expect(environments.map((each) => [each.name, each.class])).toEqual([
    ['development', 'local'],
    ['prod', 'production'],
    ['uat', 'staging'],
  ]);
});
