import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/helm-values'));

test('dotted paths, images in parts, variables, environments by file name', () => {
  expect(factsOf('readers/helm-values', 'helm-values')).toEqual([
    'config DATABASE_URL value=postgres://db/shop @shared chart/values.yaml:20',
    'config LOG_LEVEL value=info @shared chart/values.yaml:16',
    'config SESSION_SECRET secret-reference=shop/session @shared chart/values.yaml:17',
    'config bad.0 value=1 @prod chart/values-prod.yaml:2',
    'config bad.1 value=2 @prod chart/values-prod.yaml:2',
    'config cache.image value=redis:7.2 @shared chart/values.yaml:7',
    'config config.DATABASE_URL sets-value=null @shared chart/values.yaml:20',
    'config config.database.password value=null @shared chart/values.yaml:22',
    'config hosts.0 value=shop.example.org @shared chart/values.yaml:24',
    'config image.repository value=ghcr.io/acme/shop @shared chart/values.yaml:4',
    'config image.tag value= @shared chart/values.yaml:5',
    'config migrations.image.registry value=docker.io @shared chart/values.yaml:13',
    'config migrations.image.repository value=library/postgres @shared chart/values.yaml:13',
    'config migrations.image.tag value=15 @shared chart/values.yaml:13',
    'config postgresql.enabled value=true @shared chart/values.yaml:9',
    'config postgresql.image.tag value=16.4.0-debian-12-r0 @shared chart/values.yaml:11',
    'config replicaCount value=1 @dev chart/values.dev.yaml:1',
    'config replicaCount value=4 @prod chart/values-prod.yaml:1',
    'config replicaCount value=2 @shared chart/values.yaml:1',
    'config replicaCount value=3 @uat chart/values/uat.yaml:1',
    'config version value=3.10 @shared chart/values.yaml:2',
    'operations chart image=ghcr.io/acme/shop @shared [chart] chart/values.yaml:4',
    'services postgresql image=docker.io/library/postgres:15 @shared [migrations] chart/values.yaml:13',
    'services postgresql scheme=postgres @shared chart/values.yaml:20',
    'services postgresql version=16.4.0 @shared [postgresql] chart/values.yaml:11',
    'services postgresql version=15 @shared [migrations] chart/values.yaml:13',
    'services redis image=redis:7.2 @shared [cache] chart/values.yaml:7',
    'services redis version=7.2 @shared [cache] chart/values.yaml:7',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('helm-values:'))).toEqual([
    { path: 'chart/values-prod.yaml', reason: 'helm-values: line 3: not valid YAML (BAD_INDENT)' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'helm-values').map((each) => each.path)).toEqual([
    'chart/values-prod.yaml',
    'chart/values.dev.yaml',
    'chart/values.yaml',
    'chart/values/uat.yaml',
  ]);
});
