import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

test('a name of infrastructure is what production’s variables give it; one that they give the same, or only a place, is no difference', () => {
  const { drift } = inspectRepository(fixture('drift/referred'));
  const own = drift.filter((each) => each.rule === 'value-differs');
  expect(own.map((each) => each.id)).toEqual([
    'value-differs:CSP_ENFORCE:local',
    'value-differs:var.environments.csp_enforce:preproduction',
  ]);
  expect(own[0]?.title).toBe('CSP_ENFORCE is false in production and true in local');
  expect(own[0]?.sides.map(({ evidence }) => `${evidence.path}:${evidence.line}`)).toEqual([
    'terraform/terraform.tfvars.json:9',
    'terraform/region/ecs.tf:9',
    'compose.yaml:5',
    'src/viewer.js:2',
  ]);
});
