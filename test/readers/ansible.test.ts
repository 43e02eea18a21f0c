import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/ansible'));
const { coverage } = inspection;

test('variables of groups and roles under the inventory’s environment; people and checksums are set aside', () => {
  expect(factsOf('readers/ansible', 'ansible')).toEqual([
    'config LOG_LEVEL value=warn @production [web-perf] envs/prod/group_vars/web-perf.yml:4',
    'config WORKERS value=null @production [web-perf] envs/prod/group_vars/web-perf.yml:5',
    'config app_domain value=shop.example @production [web-perf] envs/prod/group_vars/web-perf.yml:2',
    'config app_domain value=staging.shop.example @staging envs/staging/group_vars/all/main.yml:1',
    'config app_env.LOG_LEVEL value=warn @production [web-perf] envs/prod/group_vars/web-perf.yml:4',
    'config app_env.WORKERS value=null @production [web-perf] envs/prod/group_vars/web-perf.yml:5',
    'config backups value=true @production group_vars/production.yml:1',
    'config backups value=false @shared [web] group_vars/web.yml:1',
    'config db_password value=null @production [web-perf] envs/prod/group_vars/web-perf.yml:6',
    'config max_connections value=200 @shared [db] roles/db/defaults/main.yml:3',
    'config postgres_version value=16 @production [web-perf] envs/prod/group_vars/web-perf.yml:1',
    'config redis_version value=7.2 @shared [db] roles/db/defaults/main.yml:2',
    'services postgresql version=16 @production [web-perf] envs/prod/group_vars/web-perf.yml:1',
    'services redis version=7.2 @shared [db] roles/db/defaults/main.yml:2',
  ]);
});

test('vaults are named and not told; tasks are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('ansible:'))).toEqual([
    {
      path: 'envs/staging/group_vars/all/vault.yml',
      reason: 'ansible: line 1: an encrypted vault, of which nothing is told',
    },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'ansible').map((each) => each.path)).toEqual([
    'envs/prod/group_vars/web-perf.yml',
    'envs/staging/group_vars/all/main.yml',
    'envs/staging/group_vars/all/vault.yml',
    'group_vars/production.yml',
    'group_vars/web.yml',
    'roles/db/defaults/main.yml',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
