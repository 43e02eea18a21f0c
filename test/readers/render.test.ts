import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('services, databases and variables by value, by reference and by preview; a staging service by its name', () => {
  expect(factsOf('readers/render', 'render')).toEqual([
    'config DATABASE_URL secret-reference=shop-db/connectionString @shared [shop] render.yaml:21',
    'config LOG_LEVEL value=info @shared [common] render.yaml:49',
    'config MODE value=sandbox @preview [shop] render.yaml:31',
    'config MODE value=live @shared [shop] render.yaml:30',
    'config NODE_VERSION value=20.11.1 @shared [shop] render.yaml:20',
    'config SESSION_SECRET value=null @shared [shop] render.yaml:25',
    'config STRIPE_KEY value=null @shared [shop] render.yaml:27',
    'edge shop host=shop.example.com @shared [shop] render.yaml:13',
    'edge x-frame-options header=DENY @shared [/*] render.yaml:17',
    'operations build process=npm ci @shared [build] render.yaml:9',
    'operations release process=npm run migrate @shared [release] render.yaml:10',
    'operations report-staging process=npm run report @staging [report-staging] render.yaml:36',
    'operations report-staging schedule=0 4 * * * @staging [report-staging] render.yaml:35',
    'operations shop env-from=common @shared [shop] render.yaml:32',
    'operations shop healthcheck=/healthz @shared [shop] render.yaml:8',
    'operations shop plan=standard @shared [shop] render.yaml:5',
    'operations shop process=npm start @shared [shop] render.yaml:11',
    'operations shop region=frankfurt @shared [shop] render.yaml:6',
    'operations shop replicas=2 @shared [shop] render.yaml:7',
    'runtime node version=20.11.1 @shared [shop] render.yaml:20',
    'services postgresql plan=basic-1gb @shared [shop-db] render.yaml:43',
    'services postgresql version=16 @shared [shop-db] render.yaml:44',
    'services redis eviction=noeviction @shared [cache] render.yaml:40',
    'services redis plan=starter @shared [cache] render.yaml:39',
  ]);
});
