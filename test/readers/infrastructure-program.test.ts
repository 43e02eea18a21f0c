import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('resources of Pulumi, CDK and SST programs with their settings and variables; nothing of a program that imports none of them', () => {
  expect(factsOf('readers/infrastructure-program', 'infrastructure-program')).toEqual([
    'config LOG_LEVEL value=info @shared cdk/stack.ts:20',
    'config MAIL_MODE value=smtp @shared [Mailer] cdk/stack.ts:17',
    'config QUEUE_MODE value=sqs @shared [Web] sst.config.ts:12',
    'config STAGE value=null @shared [Web] sst.config.ts:12',
    'config StripeKey secret-reference=StripeKey @shared sst.config.ts:7',
    'config TABLE value=null @shared [Mailer] cdk/stack.ts:17',
    'config stack.Api.log_level value=WARNING @PROD infra/app.py:7',
    'config stack.Api.log_level value=DEBUG @dev infra/app.py:6',
    'config stack.Frontend.scaling.minimumInstances value=1 @CODE cdk/app.ts:18',
    'config stack.Frontend.scaling.minimumInstances value=3 @PROD cdk/app.ts:11',
    'config stack.Frontend.shouldCreateAlarms value=false @CODE cdk/app.ts:19',
    'config stack.Frontend.shouldCreateAlarms value=true @PROD cdk/app.ts:12',
    'config stack.Jobs.retries value=5 @PROD cdk/app.ts:23',
    'config stack.Jobs.retries value=1 @Staging cdk/app.ts:22',
    'edge default_cache_behavior viewer-protocol=redirect-to-https @shared [default_cache_behavior] infra/__main__.py:5',
    'operations Digest schedule=rate(1 day) @shared [Digest] sst.config.ts:9',
    'operations Mailer memory=512 @shared [Mailer] cdk/stack.ts:16',
    'runtime node version=20 @shared cdk/stack.ts:14',
    'services database deletion-protection=false @shared [Database] cdk/stack.ts:11',
    'services database multi-az=true @shared [Database] cdk/stack.ts:10',
    'services database resource=AWS::RDS::DBInstance @shared [Database] cdk/stack.ts:8',
    'services postgresql backup-retention=7 @shared [shop-db] infra/__main__.py:15',
    'services postgresql engine=postgres @shared [shop-db] infra/__main__.py:11',
    'services postgresql multi-az=True @shared [shop-db] infra/__main__.py:14',
    'services postgresql version=16.3 @shared cdk/stack.ts:9',
    'services postgresql version=15.4 @shared [shop-db] infra/__main__.py:12',
    'services postgresql version=16.4 @shared [Database] sst.config.ts:8',
    'services redis tls=preferred @shared [ReplicationGroup] infra/__main__.py:21',
    'services redis version=7.1 @shared [ReplicationGroup] infra/__main__.py:20',
  ]);
});
