import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/terraform-variables'));
const { coverage } = inspection;

test('values by environment, and what the resources that take them say with them', () => {
  expect(factsOf('readers/terraform-variables', 'terraform-variables')).toEqual([
    'config var.cache_version value=7.0 @staging infra/envs/staging/terraform.tfvars.json:3',
    'config var.container_image undeclared-variable=null @staging infra/envs/staging/terraform.tfvars.json:5',
    'config var.container_image value=ghcr.io/acme/shop:1.4.0 @staging infra/envs/staging/terraform.tfvars.json:5',
    'config var.databases.accounts.engine value=postgres @prod infra/envs/prod.tfvars:6',
    'config var.databases.accounts.engine_version value=14 @prod infra/envs/prod.tfvars:7',
    'config var.db_password value=null @prod infra/envs/prod.tfvars:3',
    'config var.db_version value=16.2 @prod infra/envs/prod.tfvars:1',
    'config var.db_version value=15.8 @staging infra/envs/staging/terraform.tfvars.json:2',
    'config var.domain value=shop.example @prod infra/envs/prod.tfvars:2',
    'config var.flags undeclared-variable=null @staging infra/envs/staging/terraform.tfvars.json:4',
    'config var.flags value=new-checkout, dark-mode @staging infra/envs/staging/terraform.tfvars.json:4',
    'config var.region value=eu-west-1 @shared infra/common.auto.tfvars:1',
    'operations shop image=ghcr.io/acme/shop:1.4.0 @staging infra/envs/staging/terraform.tfvars.json:5',
    'services postgresql engine=postgres @prod [accounts] infra/envs/prod.tfvars:6',
    'services postgresql version=16.2 @prod [main] infra/envs/prod.tfvars:1',
    'services postgresql version=14 @prod [accounts] infra/envs/prod.tfvars:7',
    'services postgresql version=15.8 @staging [main] infra/envs/staging/terraform.tfvars.json:2',
    'services redis version=7.0 @staging [main] infra/envs/staging/terraform.tfvars.json:3',
  ]);
});

test('programs and samples are no values', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('terraform-variables:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'terraform-variables').map((each) => each.path)).toEqual([
    'infra/common.auto.tfvars',
    'infra/envs/prod.tfvars',
    'infra/envs/staging/terraform.tfvars.json',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
