import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/serverless'));
const { coverage } = inspection;

test('runtimes, variables, schedules, settings by stage, resources', () => {
  expect(factsOf('readers/serverless', 'serverless')).toEqual([
    'config BUCKET value=null @shared [thumbnails] api/serverless.yml:24',
    'config DB_PASSWORD secret-reference=/shop/db-password @shared [shop-api] api/serverless.yml:10',
    'config LOG_LEVEL value=${self:custom.logLevel.${sls:stage}} @shared [shop-api] api/serverless.yml:9',
    'config REGION value=eu-west-1 @shared [shop-api] api/serverless.yml:11',
    'config custom.logLevel value=debug @dev [shop-api] api/serverless.yml:14',
    'config custom.logLevel value=warn @prod [shop-api] api/serverless.yml:15',
    'config custom.prune.automatic value=true @shared [shop-api] api/serverless.yml:17',
    'config param.domain value=shop.example @prod [shop-api] api/serverless.yml:34',
    'config param.domain value=dev.shop.example @shared [shop-api] api/serverless.yml:37',
    "operations shop-api stage=${opt:stage, 'dev'} @shared [shop-api] api/serverless.yml:6",
    'operations shop-api timeout=10 @shared [shop-api] api/serverless.yml:7',
    'operations thumbnails enabled=false @shared [thumbnails] api/serverless.yml:29',
    'operations thumbnails memory=512 @shared [thumbnails] api/serverless.yml:22',
    'operations thumbnails process=src/thumbnails.handler @shared [thumbnails] api/serverless.yml:20',
    'operations thumbnails schedule=rate(1 hour) @shared [thumbnails] api/serverless.yml:26',
    'operations thumbnails schedule=cron(0 3 * * ? *) @shared [thumbnails] api/serverless.yml:28',
    'runtime node version=20.x @shared [shop-api] api/serverless.yml:5',
    'runtime python version=3.12 @shared [thumbnails] api/serverless.yml:21',
    'runtime serverless version=3 @shared api/serverless.yml:2',
    'services dynamodb billing-mode=PAY_PER_REQUEST @shared [Table] api/serverless.yml:43',
    'services dynamodb resource=AWS::DynamoDB::Table @shared [Table] api/serverless.yml:40',
  ]);
});

test('a file of that name without the framework’s keys is left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('serverless:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'serverless').map((each) => each.path)).toEqual([
    'api/serverless.yml',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
