import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('readers/ecs-task-definition'));
const { coverage } = inspection;

test('containers of a task under the environment of file name or folder', () => {
  expect(factsOf('readers/ecs-task-definition', 'ecs-task-definition')).toEqual([
    'config API_TOKEN value=null @prod [web] deploy/task-definition.prod.json:13',
    'config EMPTY value= @prod [web] deploy/task-definition.prod.json:12',
    'config NODE_ENV value=production @prod [web] deploy/task-definition.prod.json:11',
    'config SESSION_SECRET secret-reference=arn:aws:ssm:eu:1:parameter/session @prod [web] deploy/task-definition.prod.json:15',
    'config SMTP_PASSWORD value=null @prod [worker] deploy/worker.prod.json:10',
    'operations shop cpu=512 @prod [shop] deploy/task-definition.prod.json:3',
    'operations shop memory=1024 @prod [shop] deploy/task-definition.prod.json:4',
    'operations web cpu=256 @staging [web] deploy/staging/task.json:1',
    'operations web healthcheck=CMD-SHELL curl -f http://localhost/health @prod [web] deploy/task-definition.prod.json:16',
    'operations web image=ghcr.io/acme/shop:1.4.0 @prod [web] deploy/task-definition.prod.json:8',
    'operations web image=<IMAGE> @staging [web] deploy/staging/task.json:1',
    'operations web port=3000 @prod [web] deploy/task-definition.prod.json:17',
    'operations web process=node server.js @prod [web] deploy/task-definition.prod.json:9',
    'operations worker image=ghcr.io/acme/worker:2.0.1 @prod [worker] deploy/worker.prod.json:6',
    'services redis image=redis:7.2 @prod [cache] deploy/task-definition.prod.json:19',
    'services redis version=7.2 @prod [cache] deploy/task-definition.prod.json:19',
  ]);
});

test('what is broken is named, and a list without images is no task', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('ecs-task-definition:'))).toEqual([
    { path: 'deploy/staging/task.json', reason: 'ecs-task-definition: line 2: not valid JSON' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'ecs-task-definition').map((each) => each.path)).toEqual([
    'deploy/staging/task.json',
    'deploy/task-definition.prod.json',
    'deploy/worker.prod.json',
  ]);
});

test('no secret is told, not in an excerpt either', () => {
  expect(JSON.stringify(inspection)).not.toMatch(/hunter2|not-for-anyone|AAABAE|6162/);
});
