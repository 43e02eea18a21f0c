import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/cloudformation'));
const { coverage } = inspection;

test('resources, parameters, tables by environment or account, conditions, functions in short and long form', () => {
  expect(factsOf('readers/cloudformation', 'cloudformation')).toEqual([
    'config Accounts.environment value=dev @dev [accounts] infra/accounts.json:6',
    'config Accounts.environment value=production @production [accounts] infra/accounts.json:8',
    'config Accounts.logLevel value=ALL @dev [accounts] infra/accounts.json:6',
    'config Accounts.logLevel value=OFF @production [accounts] infra/accounts.json:8',
    'config Accounts.retries value=3 @shared [accounts] infra/accounts.json:6',
    'config BUCKET value=null @shared [Thumbnails] infra/template.yaml:56',
    'config DB_HOST value=null @shared [web] infra/template.yaml:76',
    'config DB_PASSWORD secret-reference=shop/db @shared [Thumbnails] infra/template.yaml:58',
    'config Environments.MinTasks value=1 @authdev1 [template] infra/template.yaml:20',
    'config Environments.MinTasks value=4 @production [template] infra/template.yaml:14',
    'config Environments.MinTasks value=1 @staging [template] infra/template.yaml:17',
    'config Environments.Rebrand value=Yes @authdev1 [template] infra/template.yaml:21',
    'config Environments.Rebrand value=No @production [template] infra/template.yaml:15',
    'config Environments.Rebrand value=Yes @staging [template] infra/template.yaml:18',
    'config FIRST value=null @dev [Worker] infra/accounts.json:35',
    'config FIRST value=no @production [Worker] infra/accounts.json:35',
    'config LOG_LEVEL value=ALL @dev [Worker] infra/accounts.json:6',
    'config LOG_LEVEL value=OFF @production [Worker] infra/accounts.json:8',
    'config LOG_LEVEL value=info @shared [template] infra/template.yaml:30',
    'config MODE value=batch @shared [Thumbnails] infra/template.yaml:59',
    'config NODE_ENV value=production @shared [web] infra/template.yaml:74',
    'config ORIGIN value=https://${Domain} @shared [Thumbnails] infra/template.yaml:57',
    'config RETRIES value=3 @shared [Worker] infra/accounts.json:6',
    'config RING value=null @shared [Worker] infra/accounts.json:36',
    'config Regions.eu-west-1.Ami value=ami-0abc @shared [template] infra/template.yaml:24',
    'config SESSION_SECRET secret-reference=arn:aws:ssm:eu-west-1:1:parameter/session @shared [web] infra/template.yaml:79',
    'config STAGE value=dev @dev [Worker] infra/accounts.json:34',
    'config STAGE value=production @production [Worker] infra/accounts.json:34',
    'config STUB_URL value=https://stub.internal @dev [Worker] infra/accounts.json:33',
    'config parameter.DbPassword value=null @production infra/prod/parameters.json:3',
    'config parameter.DbVersion value=16.4 @production infra/prod/parameters.json:2',
    'config parameter.DbVersion value=16.3 @shared [template] infra/template.yaml:6',
    'operations Replay conditional-resource=AWS::SQS::Queue @production [Replay] infra/accounts.json:41',
    'operations Signed conditional-resource=AWS::SQS::Queue @shared [Signed] infra/accounts.json:42',
    'operations Task cpu=256 @shared [Task] infra/template.yaml:68',
    'operations Thumbnails process=app.handler @shared [Thumbnails] infra/template.yaml:52',
    'operations Thumbnails schedule=cron(0 3 * * ? *) @shared [Thumbnails] infra/template.yaml:64',
    'operations Thumbnails timeout=30 @shared [Thumbnails] infra/template.yaml:53',
    'operations Worker memory=!If IsSigned, 512, 256 @shared [Worker] infra/accounts.json:28',
    'operations Worker timeout=10 @dev [Worker] infra/accounts.json:27',
    'operations Worker timeout=60 @production [Worker] infra/accounts.json:27',
    'operations accounts stage=dev @dev [accounts] infra/accounts.json:6',
    'operations accounts stage=production @production [accounts] infra/accounts.json:8',
    'operations template stage=authdev1 @authdev1 [template] infra/template.yaml:19',
    'operations template stage=production @production [template] infra/template.yaml:13',
    'operations template stage=staging @staging [template] infra/template.yaml:16',
    'operations web healthcheck=CMD-SHELL curl -f http://localhost/health @shared [web] infra/template.yaml:81',
    'operations web image=${Registry}/shop:1.4.0 @shared [web] infra/template.yaml:71',
    'runtime node version=20.x @shared [template] infra/template.yaml:27',
    'runtime python version=3.12 @shared [Thumbnails] infra/template.yaml:51',
    'services postgresql engine=postgres @shared [Database] infra/template.yaml:37',
    'services postgresql multi-az=true @shared [Database] infra/template.yaml:40',
    'services postgresql size=db.t4g.small @authdev1 [Database] infra/template.yaml:39',
    'services postgresql size=db.m6g.large @production [Database] infra/template.yaml:39',
    'services postgresql size=db.t4g.small @staging [Database] infra/template.yaml:39',
    'services postgresql version=16.3 @shared [Database] infra/template.yaml:6',
    'services sns resource=AWS::SNS::Topic @shared [Topic] infra/broken.yaml:3',
    'services sqs resource=AWS::SQS::Queue @production [Replay] infra/accounts.json:41',
    'services sqs resource=AWS::SQS::Queue @shared [Signed] infra/accounts.json:42',
    'services sqs resource=AWS::SQS::Queue @shared [Jobs] infra/queue.json:3',
    'services sqs visibility-timeout=30 @production [Replay] infra/accounts.json:41',
    'services sqs visibility-timeout=30 @shared [Signed] infra/accounts.json:42',
    'services sqs visibility-timeout=60 @shared [Jobs] infra/queue.json:5',
    'services valkey engine=valkey @shared [Cache] infra/template.yaml:45',
    'services valkey tls=true @shared [Cache] infra/template.yaml:47',
    'services valkey version=8.0 @shared [Cache] infra/template.yaml:46',
  ]);
});

test('what is broken is named, and files that only mention AWS are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('cloudformation:'))).toEqual([
    { path: 'infra/broken.yaml', reason: 'cloudformation: line 7: not valid YAML (BAD_INDENT)' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'cloudformation').map((each) => each.path)).toEqual([
    'infra/accounts.json',
    'infra/broken.yaml',
    'infra/prod/parameters.json',
    'infra/queue.json',
    'infra/template.yaml',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
