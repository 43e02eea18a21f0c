import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the locked version of each provider, by the environment of the folder', () => {
  expect(factsOf('readers/terraform-lock', 'terraform-lock')).toEqual([
    'runtime terraform-provider-aws locked-version=5.40.0 @production terraform/production/.terraform.lock.hcl:3',
    'runtime terraform-provider-aws locked-version=5.31.0 @staging terraform/staging/.terraform.lock.hcl:3',
  ]);
});
