import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/terragrunt'));
const { coverage } = inspection;

test('inputs, local values, engines and the release of a module', () => {
  expect(factsOf('readers/terragrunt', 'terragrunt')).toEqual([
    'config local.domain value=shop.example @prod live/prod/env.hcl:3',
    'config local.environment value=prod @prod live/prod/env.hcl:2',
    'config var.engine value=postgres @prod [db] live/prod/db/terragrunt.hcl:8',
    'config var.engine_version value=16.2 @prod [db] live/prod/db/terragrunt.hcl:9',
    'config var.engine_version value=15.8 @staging [db] live/staging/db/terragrunt.hcl:2',
    'config var.multi_az value=true @prod [db] live/prod/db/terragrunt.hcl:10',
    'operations db module-version=v2.3.0 @prod [db] live/prod/db/terragrunt.hcl:2',
    'runtime terraform version=>= 1.6 @shared live/terragrunt.hcl:1',
    'services postgresql engine=postgres @prod [db] live/prod/db/terragrunt.hcl:8',
    'services postgresql version=16.2 @prod [db] live/prod/db/terragrunt.hcl:9',
  ]);
});

test('a file of another program is left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('terragrunt:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'terragrunt').map((each) => each.path)).toEqual([
    'live/prod/db/terragrunt.hcl',
    'live/prod/env.hcl',
    'live/staging/db/terragrunt.hcl',
    'live/terragrunt.hcl',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
