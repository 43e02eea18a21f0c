import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/terraform'));
const { coverage } = inspection;

test('resources, containers, variables, local values by environment, modules and branches, each on its own line; examples and what resources are set to by secrets say nothing', () => {
  expect(factsOf('readers/terraform', 'terraform')).toEqual([
    'config API_SECRET value=null @shared [thumbnails] infra/main.tf:90',
    'config BUCKET value=null @shared [thumbnails] infra/main.tf:89',
    'config DB_HOST value=null @shared [web] infra/main.tf:104',
    'config LOG_LEVEL value=info @shared [thumbnails] infra/main.tf:88',
    'config NODE_ENV value=production @shared [web] infra/main.tf:103',
    'config ORIGIN value=https://${var.domain} @shared [web] infra/main.tf:105',
    'config SESSION_SECRET secret-reference=aws_ssm_parameter.session.arn @shared [web] infra/main.tf:108',
    'config controller.image.tag value=1.11 @shared [ingress] infra/main.tf:129',
    'config controller.replicaCount value=2 @shared [ingress] infra/main.tf:127',
    'config local.name value=shop-${var.environment} @shared [infra] infra/main.tf:18',
    'config local.replicas value=3 @prod [infra] infra/main.tf:14',
    'config local.replicas value=1 @shared [infra] infra/main.tf:16',
    'config local.replicas value=1 @staging [infra] infra/main.tf:15',
    'config local.session_ttl value=3600 @shared [infra] infra/main.tf:12',
    'config module.cache.engine value=redis @prod infra/environments/prod/main.tf:11',
    'config module.cache.engine_version value=7.1 @prod infra/environments/prod/main.tf:12',
    'config module.shop.engine_version value=16.4 @prod infra/environments/prod/main.tf:3',
    'config module.shop.workers value=4 @prod infra/environments/prod/main.tf:4',
    'config module.shop.zones value=eu-west-1a, eu-west-1b @prod infra/environments/prod/main.tf:5',
    'config var.db_password value=null @shared [infra] infra/variables.tf:14',
    'config var.engine_version value=16.3 @shared [infra] infra/variables.tf:3',
    'config var.environment branch=== prod @shared infra/main.tf:30',
    'config var.staging_engine value=aurora-postgresql @shared [infra] infra/variables.tf:7',
    'edge edge rate-limit=2000 @shared [edge] infra/main.tf:66',
    'edge edge rule=rate @shared [edge] infra/main.tf:63',
    'edge https port=443 @shared [https] infra/main.tf:73',
    'edge https protocol=HTTPS @shared [https] infra/main.tf:74',
    'edge https tls=ELBSecurityPolicy-TLS13-1-2-2021-06 @shared [https] infra/main.tf:75',
    'operations ingress chart=ingress-nginx @shared [ingress] infra/main.tf:123',
    'operations ingress chart-version=4.11.2 @shared [ingress] infra/main.tf:124',
    'operations nightly schedule=cron(0 3 * * ? *) @shared [nightly] infra/main.tf:79',
    'operations thumbnails process=index.handler @shared [thumbnails] infra/main.tf:84',
    'operations thumbnails timeout=30 @shared [thumbnails] infra/main.tf:85',
    'operations web cpu=256 @shared [web] infra/main.tf:96',
    'operations web image=ghcr.io/acme/shop:1.4.0 @shared [web] infra/main.tf:100',
    'operations web process=node server.js @shared [web] infra/main.tf:101',
    'runtime node version=20.x @shared [thumbnails] infra/main.tf:83',
    'runtime terraform version=>= 1.6, < 2.0 @shared infra/main.tf:2',
    'runtime terraform-provider-aws version=~> 5.60 @shared infra/main.tf:6',
    'services mysql public-access=true @shared [reports] infra/main.tf:52',
    'services mysql size=db-f1-micro @shared [reports] infra/main.tf:50',
    'services mysql version=8.0 @shared [reports] infra/main.tf:48',
    'services postgresql backup-retention=7 @shared [main] infra/main.tf:34',
    'services postgresql encrypted=true @shared [main] infra/main.tf:33',
    'services postgresql engine=postgres @shared [main] infra/main.tf:28',
    'services postgresql engine=aurora-postgresql @shared [staging] infra/variables.tf:7',
    'services postgresql engine=postgres @test [trial] infra/tests/main.tf:2',
    'services postgresql multi-az=var.multi_az @shared [main] infra/main.tf:31',
    'services postgresql public-access=false @shared [main] infra/main.tf:32',
    'services postgresql size=var.environment == "prod" ? "db.m6g.large" : "db.t4g.small" @shared [main] infra/main.tf:30',
    'services postgresql version=16.4 @prod [main] infra/environments/prod/main.tf:3',
    'services postgresql version=16.3 @shared [main] infra/variables.tf:3',
    'services postgresql version=15.4 @staging [staging] infra/main.tf:40',
    'services postgresql version=14 @test [trial] infra/tests/main.tf:3',
    'services redis engine=redis @prod [cache] infra/environments/prod/main.tf:11',
    'services redis image=redis:7.2 @shared [cache] infra/main.tf:111',
    'services redis image=redis:7.0-alpine @shared [worker] infra/main.tf:117',
    'services redis instances=2 @shared [cache] infra/modules/cache/broken.tf:3',
    'services redis version=7.1 @prod [cache] infra/environments/prod/main.tf:12',
    'services redis version=7.2 @shared [cache] infra/main.tf:111',
    'services redis version=7.0 @shared [worker] infra/main.tf:117',
    'services redis version=7.0 @shared [cache] infra/modules/cache/broken.tf:2',
    'services s3 resource=aws_s3_bucket @shared [uploads] infra/main.tf:57',
    'services sqs resource=aws_sqs_queue @shared [jobs] infra/modules/cache/broken.tf:7',
    'services sqs visibility-timeout=60 @shared [jobs] infra/modules/cache/broken.tf:8',
  ]);
});

test('what is broken is named, and reading goes on behind it', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('terraform:'))).toEqual([
    { path: 'infra/modules/cache/broken.tf', reason: 'terraform: line 4: a string is not closed' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'terraform').map((each) => each.path)).toEqual([
    'infra/environments/prod/main.tf',
    'infra/main.tf',
    'infra/modules/cache/broken.tf',
    'infra/tests/main.tf',
    'infra/variables.tf',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
