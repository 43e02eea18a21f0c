import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/cloud-foundry'));
const { coverage } = inspection;

test('applications, and what files of variables set them to', () => {
  expect(factsOf('readers/cloud-foundry', 'cloud-foundry')).toEqual([
    'config LOG_LEVEL value=warn @prod [shop] manifests/vars/vars-prod.yml:2',
    'config LOG_LEVEL value=null @shared [shop] manifests/manifest.yml:15',
    'config LOG_LEVEL value=debug @staging [shop] manifests/vars/vars-staging.yml:2',
    'config LOG_LEVEL values-reference=log_level @shared [shop] manifests/manifest.yml:15',
    'config NODE_ENV value=production @shared [shop] manifests/manifest.yml:14',
    'config SESSION_SECRET value=null @shared [shop] manifests/manifest.yml:16',
    'config instances value=4 @prod manifests/vars/vars-prod.yml:1',
    'config instances value=1 @staging manifests/vars/vars-staging.yml:1',
    'config log_level value=warn @prod manifests/vars/vars-prod.yml:2',
    'config log_level value=debug @staging manifests/vars/vars-staging.yml:2',
    'config port value=80 @shared playbooks/vars.yml:1',
    'config stage value=prod @prod manifests/vars/vars-prod.yml:3',
    'edge shop host=shop.example @shared [shop] manifests/manifest.yml:12',
    'operations shop buildpack=nodejs_buildpack @shared [shop] manifests/manifest.yml:6',
    'operations shop healthcheck=/health @shared [shop] manifests/manifest.yml:8',
    'operations shop memory=512M @shared [shop] manifests/manifest.yml:3',
    'operations shop process=node server.js @shared [shop] manifests/manifest.yml:7',
    'operations shop replicas=4 @prod [shop] manifests/vars/vars-prod.yml:1',
    'operations shop replicas=1 @staging [shop] manifests/vars/vars-staging.yml:1',
    'operations shop service-binding=shop-db @shared [shop] manifests/manifest.yml:10',
    'operations shop-worker process=node worker.js @shared [shop-worker] manifests/manifest.yml:20',
    'operations shop-worker replicas=1 @shared [shop-worker] manifests/manifest.yml:19',
    'services redis image=redis:7.2 @shared [cache] manifests/manifest.yml:23',
    'services redis version=7.2 @shared [cache] manifests/manifest.yml:23',
  ]);
});

test('objects of Kubernetes and variables without a manifest’s folder are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('cloud-foundry:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'cloud-foundry').map((each) => each.path)).toEqual([
    'manifests/manifest.yml',
    'manifests/vars/vars-prod.yml',
    'manifests/vars/vars-staging.yml',
    'playbooks/vars.yml',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
