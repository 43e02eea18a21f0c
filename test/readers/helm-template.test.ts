import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/helm-template'));

test('manifests around actions, lines kept, values by reference', () => {
  expect(factsOf('readers/helm-template', 'helm-template')).toEqual([
    'config BILLING_URL value=null @shared chart/templates/_envs.tpl:7',
    'config BILLING_URL values-reference=billing.url @shared chart/templates/_envs.tpl:7',
    'config CACHE_HOST secret-reference=cache-output/endpoint @shared chart/templates/_envs.tpl:12',
    'config CACHE_PROTOCOL value=redis @shared chart/templates/_envs.tpl:10',
    'config CACHE_URL value=null @shared [api] chart/templates/deployment.yaml:30',
    'config LOG_LEVEL value=null @shared [api] chart/templates/deployment.yaml:20',
    'config LOG_LEVEL values-reference=logLevel @shared [api] chart/templates/deployment.yaml:20',
    'config MODE value=null @shared [api] chart/templates/deployment.yaml:22',
    'config MODE values-reference=env @shared [api] chart/templates/deployment.yaml:22',
    'config PGHOST value=db @shared chart/templates/_helpers.tpl:10',
    'config PGPASSWORD secret-reference={{ .Release.Name }}-db/password @shared chart/templates/_helpers.tpl:12',
    'config PORT value=8080 @shared [api] chart/templates/deployment.yaml:24',
    'edge shop host=null @prod [shop] chart/templates/route.prod.yaml:6',
    'edge shop tls=edge @prod [shop] chart/templates/route.prod.yaml:7',
    'operations _envs switched-by=cache.enabled @shared chart/templates/_envs.tpl:8',
    'operations api healthcheck=/live @shared [api] chart/templates/deployment.yaml:32',
    'operations api image=null @shared [api] chart/templates/deployment.yaml:17',
    'operations api probe=liveness @shared [api] chart/templates/deployment.yaml:31',
    'operations api probe-port=null @shared [api] chart/templates/deployment.yaml:32',
    'operations api replicas=null @shared [api] chart/templates/deployment.yaml:12',
    'operations api workload=Deployment @shared [api] chart/templates/deployment.yaml:17',
    'operations deployment condition=eq .Values.env "production" @shared chart/templates/deployment.yaml:22',
    'operations deployment env-from=range $name, $value := .Values.extra @shared [deployment] chart/templates/deployment.yaml:25',
    'operations deployment switched-by=enabled @shared chart/templates/deployment.yaml:1',
    'operations exporter image=quay.io/prometheuscommunity/postgres-exporter:v0.15 @shared [exporter] chart/templates/deployment.yaml:34',
    'operations exporter workload=Deployment @shared [exporter] chart/templates/deployment.yaml:34',
    'operations route.prod condition=hasSuffix "-prod" .Release.Namespace @prod chart/templates/route.prod.yaml:1',
    'operations test-backups process=sh -c exit 0 @shared [test-backups] chart/templates/test-backups.yaml:14',
    'operations test-backups schedule=0 3 * * * @shared [test-backups] chart/templates/test-backups.yaml:6',
    'services postgresql client=postgres:14.6-alpine @shared [test-backups] chart/templates/test-backups.yaml:12',
    'services redis scheme=redis @shared [api] chart/templates/deployment.yaml:30',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('helm-template:'))).toEqual([
    { path: 'chart/templates/test-backups.yaml', reason: 'helm-template: line 15: not valid YAML (BAD_INDENT)' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'helm-template').map((each) => each.path)).toEqual([
    'chart/templates/_envs.tpl',
    'chart/templates/_helpers.tpl',
    'chart/templates/_labels.tpl',
    'chart/templates/deployment.yaml',
    'chart/templates/route.prod.yaml',
    'chart/templates/test-backups.yaml',
  ]);
});
