import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('machines by group and their variables, in INI and YAML; how Ansible reaches them says nothing', () => {
  expect(factsOf('readers/ansible-inventory', 'ansible-inventory')).toEqual([
    'config app_env value=production @production [web] inventories/production/hosts:9',
    'config db_password value=null @production [web] inventories/production/hosts:11',
    'config log_level value=warn @production [web] inventories/production/hosts:10',
    'config log_level value=debug @staging inventories/staging/hosts.yml:3',
    'config max_workers value=8 @production [web[01:03].shop.test] inventories/production/hosts:5',
    'config max_workers value=2 @staging [web01.staging.shop.test] inventories/staging/hosts.yml:9',
    'config redis_version value=7.2 @production [app.shop.test] inventory.ini:2',
    'config redis_version value=6.2 @staging [app.staging.shop.test] inventory.ini:4',
    'operations production server=app.shop.test @production inventory.ini:2',
    'operations staging server=app.staging.shop.test @staging inventory.ini:4',
    'operations ungrouped server=lb1.shop.test @production inventories/production/hosts:2',
    'operations web server=web[01:03].shop.test @production inventories/production/hosts:5',
    'operations web server=web04.shop.test @production inventories/production/hosts:6',
    'operations web server=web01.staging.shop.test @staging inventories/staging/hosts.yml:8',
    'services redis version=7.2 @production [app.shop.test] inventory.ini:2',
    'services redis version=6.2 @staging [app.staging.shop.test] inventory.ini:4',
  ]);
});
