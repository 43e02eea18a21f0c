import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/pulumi'));
const { coverage } = inspection;

test('stacks are environments; what is encrypted is withheld', () => {
  expect(factsOf('readers/pulumi', 'pulumi')).toEqual([
    'config aws:region value=eu-west-1 @prod infra/Pulumi.prod.yaml:3',
    'config shop:dbPassword value=null @prod infra/Pulumi.prod.yaml:7',
    'config shop:dbVersion value=16.3 @prod infra/Pulumi.prod.yaml:5',
    'config shop:postgresVersion value=16.3 @prod infra/Pulumi.prod.yaml:6',
    'config shop:redisVersion value=7.2 @acme-eu infra/Pulumi.acme-eu.yaml:3',
    'config shop:replicas value=2 @acme-eu infra/Pulumi.acme-eu.yaml:2',
    'config shop:replicas value=3 @prod infra/Pulumi.prod.yaml:4',
    'config shop:replicas value=1 @shared infra/Pulumi.yaml:7',
    'config shop:smtp.host value=smtp.example @prod infra/Pulumi.prod.yaml:10',
    'config shop:smtp.password value=null @prod infra/Pulumi.prod.yaml:11',
    'operations shop program=node @shared [shop] infra/Pulumi.yaml:3',
    'services postgresql version=16.3 @prod infra/Pulumi.prod.yaml:6',
    'services redis version=7.2 @acme-eu infra/Pulumi.acme-eu.yaml:3',
  ]);
});

test('project and stacks are read', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('pulumi:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'pulumi').map((each) => each.path)).toEqual([
    'infra/Pulumi.acme-eu.yaml',
    'infra/Pulumi.prod.yaml',
    'infra/Pulumi.yaml',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
