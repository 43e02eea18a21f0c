import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('runtime, variables, scaling and schedules; an app.yaml without a runtime is none', () => {
  expect(factsOf('readers/app-engine', 'app-engine')).toEqual([
    'config LOG_LEVEL value=info @shared [shop] app.yaml:6',
    'config LOG_LEVEL value=debug @staging [default] app-staging.yaml:6',
    'config VERSION value=3.10 @shared [shop] app.yaml:7',
    'edge /.* force-https=always @shared [/.*] app.yaml:13',
    'operations /tasks/nightly schedule=every 24 hours @shared [/tasks/nightly] cron.yaml:4',
    'operations shop max-replicas=5 @shared [shop] app.yaml:10',
    'operations shop min-replicas=1 @shared [shop] app.yaml:9',
    'operations shop process=gunicorn -b :$PORT main:app @shared [shop] app.yaml:4',
    'operations shop size=F2 @shared [shop] app.yaml:3',
    'runtime node version=20 @staging [default] app-staging.yaml:4',
    'runtime python version=3.11 @shared [shop] app.yaml:1',
  ]);
});
