import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables of plays and of their roles; a list of tasks is no play', () => {
  expect(factsOf('readers/ansible-playbook', 'ansible-playbook')).toEqual([
    'config client_max_body_size value=10m @production [nginx] playbooks/web.yml:13',
    'config node_version value=20.11 @production playbooks/web.yml:5',
    'config redis_maxmemory value=256mb @production [redis] playbooks/web.yml:17',
    'config session_secret value=null @production playbooks/web.yml:6',
    'operations production env-file=vars/common.yml @production playbooks/web.yml:8',
    'runtime node version=20.11 @production playbooks/web.yml:5',
  ]);
});
