import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/nomad'));
const { coverage } = inspection;

test('jobs, tasks, variables of templates, schedules', () => {
  expect(factsOf('readers/nomad', 'nomad')).toEqual([
    'config DATABASE_URL value=postgres://db:5432/shop @production [server] jobs/shop.nomad.hcl:29',
    'config LOG_LEVEL value=null @production [server] jobs/shop.nomad.hcl:24',
    'config NODE_ENV value=production @production [server] jobs/shop.nomad.hcl:23',
    'config SESSION_SECRET value=null @production [server] jobs/shop.nomad.hcl:30',
    'config var.log_level value=info @shared jobs/shop.nomad.hcl:2',
    'operations nightly schedule=0 3 * * * @shared [nightly] jobs/nightly.nomad:3',
    'operations report image=ghcr.io/acme/report:${var.tag} @shared [report] jobs/nightly.nomad:8',
    'operations server cpu=500 @production [server] jobs/shop.nomad.hcl:34',
    'operations server image=ghcr.io/acme/shop:1.4.0 @production [server] jobs/shop.nomad.hcl:18',
    'operations server memory=256 @production [server] jobs/shop.nomad.hcl:35',
    'operations server process=node server.js @production [server] jobs/shop.nomad.hcl:19',
    'operations web healthcheck=/health @production [web] jobs/shop.nomad.hcl:12',
    'operations web replicas=3 @production [web] jobs/shop.nomad.hcl:7',
    'services postgresql scheme=postgres @production [server] jobs/shop.nomad.hcl:29',
    'services redis image=redis:7.2 @production [cache] jobs/shop.nomad.hcl:40',
    'services redis version=7.2 @production [cache] jobs/shop.nomad.hcl:40',
  ]);
});

test('what is broken is named, and other programs in HCL are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('nomad:'))).toEqual([
    { path: 'jobs/nightly.nomad', reason: 'nomad: line 12: a block is not closed' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'nomad').map((each) => each.path)).toEqual([
    'jobs/nightly.nomad',
    'jobs/shop.nomad.hcl',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
