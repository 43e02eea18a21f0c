import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/kubernetes'));

test('workloads, config, edges, engines of operators and overlays', () => {
  expect(factsOf('readers/kubernetes', 'kubernetes')).toEqual([
    'config API_KEY value=null @shared [shop-secrets] base/web.yaml:61',
    'config FEATURE_X value=on @shared [shop-config] base/web.yaml:50',
    'config LOG_LEVEL value=warn @prod [shop-config] overlays/prod/kustomization.yaml:14',
    'config LOG_LEVEL value=info @shared [web] base/web.yaml:21',
    'config POD value=null @shared [web] base/web.yaml:31',
    'config RATIO value=3.10 @shared [web] base/web.yaml:23',
    'config REDIS_URL value=redis://cache:6379 @shared [web] base/web.yaml:25',
    'config SESSION_SECRET secret-reference=shop/session @shared [web] base/web.yaml:26',
    'config TOKEN value=null @prod [shop-secrets] overlays/prod/kustomization.yaml:17',
    'config UNSET value= @shared [web] base/web.yaml:33',
    'config cache.size value=10 @shared [shop-config] base/web.yaml:56',
    'edge web host=shop.example.org @shared [web] base/web.yaml:66',
    'operations digest schedule=0 6 * * 1 @shared [digest] base/database.yaml:28',
    'operations migrate image=ghcr.io/acme/shop:1.2 @shared [migrate] base/web.yaml:13',
    'operations migrate process=npm run migrate @shared [migrate] base/web.yaml:14',
    'operations pgbouncer replicas=2 @shared [pgbouncer] base/database.yaml:13',
    'operations shop image=ghcr.io/acme/shop:1.3 @prod [shop] overlays/prod/kustomization.yaml:6',
    'operations shop-config env-file=prod.env @prod [shop-config] overlays/prod/kustomization.yaml:12',
    'operations shop-db replicas=3 @shared [shop-db] base/database.yaml:9',
    'operations shop-db schedule=0 8 * * * @shared [shop-db] base/database.yaml:16',
    'operations web env-from=shop-config @shared [web] base/web.yaml:35',
    'operations web env-from=shop-secrets @shared [web] base/web.yaml:36',
    'operations web healthcheck=/ready @shared [web] base/web.yaml:38',
    'operations web healthcheck=node alive.js @shared [web] base/web.yaml:39',
    'operations web image=ghcr.io/acme/shop:1.2 @shared [web] base/web.yaml:17',
    'operations web max-replicas=6 @shared [web] base/web.yaml:71',
    'operations web min-replicas=2 @shared [web] base/web.yaml:71',
    'operations web port=3000 @shared [web] base/web.yaml:37',
    'operations web port=80 @shared [web] base/web.yaml:44',
    'operations web process=node server.js @shared [web] base/web.yaml:18',
    'operations web replicas=5 @prod [web] overlays/prod/kustomization.yaml:20',
    'operations web replicas=2 @shared [web] base/web.yaml:6',
    'operations web user=1001 @shared [web] base/web.yaml:10',
    'operations worker replicas=4 @prod [worker] overlays/prod/kustomization.yaml:26',
    'services kafka version=3.9.0 @uat [events] base/database.yaml:22',
    'services postgresql image=postgres:15 @shared [digest] base/database.yaml:29',
    'services postgresql version=16 @shared [shop-db] base/database.yaml:6',
    'services postgresql version=15 @shared [digest] base/database.yaml:29',
    'services redis scheme=redis @shared [web] base/web.yaml:25',
    'services smtp image=mailhog/mailhog:v1.0.1 @staging [runner] overlays/staging/test-runner.yaml:5',
    'services valkey image=valkey/valkey:8.0 @prod [valkey] overlays/prod/kustomization.yaml:9',
    'services valkey version=8.0 @prod [valkey] overlays/prod/kustomization.yaml:9',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('kubernetes:'))).toEqual([
    { path: 'overlays/staging/test-runner.yaml', reason: 'kubernetes: line 10: not valid YAML (BAD_INDENT)' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'kubernetes').map((each) => each.path)).toEqual([
    'base/database.yaml',
    'base/web.yaml',
    'overlays/prod/kustomization.yaml',
    'overlays/staging/test-runner.yaml',
  ]);
});
