import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/bicep'));
const { coverage } = inspection;

test('parameters, variables by environment, resources', () => {
  expect(factsOf('readers/bicep', 'bicep')).toEqual([
    'config DB_HOST value=null @shared [web] infra/main.bicep:46',
    'config LOG_LEVEL value=info @shared [web] infra/main.bicep:42',
    'config param.adminPassword value=null @shared infra/main.bicep:5',
    'config param.domain value=shop.example @prod infra/main.prod.bicepparam:7',
    'config param.postgresVersion value=16 @prod infra/main.prod.bicepparam:2',
    'config param.postgresVersion value=16 @shared infra/main.bicep:3',
    'config param.replicas value=3 @prod infra/main.prod.bicepparam:3',
    'config var.sizes value=GP_Gen5_4 @prod infra/main.bicep:9',
    'config var.sizes value=B_Gen5_1 @staging infra/main.bicep:10',
    'operations web https-only=true @shared [web] infra/main.bicep:36',
    'runtime node version=20 @shared [web] infra/main.bicep:38',
    'services postgresql availability=ZoneRedundant @shared [db] infra/main.bicep:25',
    'services postgresql backup-retention=7 @shared [db] infra/main.bicep:28',
    'services postgresql size=sizes[environment] @shared [db] infra/main.bicep:19',
    'services postgresql version=16 @prod infra/main.prod.bicepparam:2',
    'services postgresql version=16 @shared infra/main.bicep:3',
    'services postgresql version=16 @shared [db] infra/main.bicep:3',
  ]);
});

test('what is broken is named', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('bicep:'))).toEqual([
    { path: 'infra/main.bicep', reason: 'bicep: line 53: a bracket is not closed' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'bicep').map((each) => each.path)).toEqual([
    'infra/main.bicep',
    'infra/main.prod.bicepparam',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
