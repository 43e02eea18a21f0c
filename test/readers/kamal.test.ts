import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('roles, variables, secrets under their own names, proxy and accessories, past ERB of several lines', () => {
  expect(factsOf('readers/kamal', 'kamal')).toEqual([
    'config DB_HOST value=192.0.2.9 @shared [shop] config/deploy.yml:23',
    'config DB_PASSWORD secret-reference=PRIMARY_DB_PASSWORD @shared [shop] config/deploy.yml:26',
    'config MYSQL_DATABASE value=shop @shared [db] config/deploy.yml:37',
    'config QUEUES value=default @shared [job] config/deploy.yml:16',
    'config RAILS_LOG_LEVEL value=debug @staging [app] config/deploy.staging.yml:4',
    'config RAILS_MASTER_KEY secret-reference=RAILS_MASTER_KEY @shared [shop] config/deploy.yml:25',
    'config RUBY_VERSION build-arg=3.10 @shared [shop] config/deploy.yml:30',
    'edge shop host=shop.example.com @shared [shop] config/deploy.yml:19',
    'edge shop tls=true @shared [shop] config/deploy.yml:18',
    'operations db port=127.0.0.1:3306:3306 @shared [db] config/deploy.yml:34',
    'operations job process=bin/jobs @shared [job] config/deploy.yml:13',
    'operations job server=192.0.2.2 @shared [job] config/deploy.yml:12',
    'operations shop image=acme/shop @shared [shop] config/deploy.yml:6',
    'operations shop port=3000 @shared [shop] config/deploy.yml:20',
    'operations web server=192.0.2.1 @shared [web] config/deploy.yml:9',
    'operations web server=192.0.2.7 @staging [web] config/deploy.staging.yml:2',
    'services mysql image=mysql:8.0 @shared [db] config/deploy.yml:33',
    'services mysql version=8.0 @shared [db] config/deploy.yml:33',
  ]);
});
