import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Inspection } from '../../scripts/model.ts';
import { fixture } from '../support/facts-of.ts';

const CANARY = 'hunter2Canary99';
const REPOSITORY = fixture('readers/tiltfile');

function inspectWith(name: string, text: string, environment = 'production'): Inspection {
  const folder = mkdtempSync(join(tmpdir(), 'exports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return inspectRepository(REPOSITORY, { exports: [{ environment, file: join(folder, name) }] });
}

function told(inspection: Inspection): string[] {
  return inspection.facts
    .filter((fact) => fact.reader === 'export')
    .map(
      (fact) =>
        `${fact.surface} ${fact.subject} ${fact.attribute}=${String(fact.value)} @${fact.environment} ${fact.evidence.path}:${fact.evidence.line}`,
    );
}

const OBJECTS = `apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop-staging}
    spec:
      replicas: 3
      template:
        spec:
          containers:
            - name: web
              image: postgres:16.4
              env:
                - name: DB_PASSWORD
                  value: ${CANARY}
  - apiVersion: v1
    kind: Secret
    metadata: {name: shop}
    data:
      DATABASE_ADDRESS: ${CANARY}
`;

const STATE = JSON.stringify({
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        {
          address: 'aws_db_instance.shop',
          mode: 'managed',
          type: 'aws_db_instance',
          values: { engine: 'postgres', engine_version: '16.3', multi_az: true, password: CANARY },
        },
      ],
      child_modules: [
        {
          resources: [
            {
              address: 'module.app.aws_ecs_task_definition.web',
              mode: 'managed',
              type: 'aws_ecs_task_definition',
              values: {
                container_definitions: JSON.stringify([
                  {
                    name: 'web',
                    image: 'redis:7.2',
                    environment: [
                      { name: 'LOG_LEVEL', value: 'warn' },
                      { name: 'DB_PASSWORD', value: CANARY },
                    ],
                  },
                ]),
              },
            },
            {
              address: 'aws_lambda_function.digest',
              mode: 'managed',
              type: 'aws_lambda_function',
              values: { runtime: 'nodejs20.x', environment: [{ variables: { PLAIN: CANARY } }] },
              sensitive_values: { environment: [{ variables: { PLAIN: true } }] },
            },
          ],
        },
      ],
    },
  },
});

test.each([
  [
    'objects.yaml',
    OBJECTS,
    [
      'config DATABASE_ADDRESS value=null @production objects.yaml:21',
      'config DB_PASSWORD value=null @production objects.yaml:16',
      'operations shop secret-keys=DATABASE_ADDRESS @production objects.yaml:19',
      'operations web replicas=3 @production objects.yaml:8',
      'operations web workload=Deployment @production objects.yaml:13',
      'services postgresql image=postgres:16.4 @production objects.yaml:13',
      'services postgresql version=16.4 @production objects.yaml:13',
    ],
  ],
  [
    'state.json',
    STATE,
    [
      'config DB_PASSWORD value=null @production state.json:37',
      'config LOG_LEVEL value=warn @production state.json:33',
      'config PLAIN value=null @production state.json:53',
      'operations aws_db_instance.shop high-availability=true @production state.json:13',
      'runtime node version=20.x @production state.json:49',
      'services postgresql engine=postgres @production state.json:11',
      'services postgresql version=16.3 @production state.json:12',
      'services redis image=redis:7.2 @production state.json:29',
      'services redis version=7.2 @production state.json:29',
    ],
  ],
  [
    'heroku.json',
    `{\n  "LOG_LEVEL": "info",\n  "SESSION_SECRET": "${CANARY}"\n}`,
    [
      'config LOG_LEVEL value=info @production heroku.json:2',
      'config SESSION_SECRET value=null @production heroku.json:3',
    ],
  ],
  [
    'heroku.txt',
    `=== shop Config Vars\n\nLOG_LEVEL:                  info\nSESSION_SECRET:             ${CANARY}\n`,
    [
      'config LOG_LEVEL value=info @production heroku.txt:3',
      'config SESSION_SECRET value=null @production heroku.txt:4',
    ],
  ],
  [
    'vercel.txt',
    ' name            value        environments          created\n API_KEY         Encrypted    Production            3d ago\n ONLY_PREVIEW    Encrypted    Preview               3d ago\n',
    ['config API_KEY value=null @production vercel.txt:2'],
  ],
  [
    'fly.json',
    '{"app": "shop", "env": {"LOG_LEVEL": "info"}, "http_service": {"internal_port": 8080, "force_https": true}}',
    [
      'config LOG_LEVEL value=info @production fly.json:1',
      'operations shop force-https=true @production fly.json:1',
      'operations shop port=8080 @production fly.json:1',
    ],
  ],
  [
    'task.json',
    '{\n"taskDefinition": {"family": "shop", "cpu": "256", "containerDefinitions": [\n{"name": "web", "image": "nginx:1.27", "secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:eu:1:parameter/db"}]}]}}',
    [
      'config DB_PASSWORD secret-reference=arn:aws:ssm:eu:1:parameter/db @production task.json:3',
      'edge nginx image=nginx:1.27 @production task.json:3',
      'edge nginx version=1.27 @production task.json:3',
      'operations shop cpu-limit=256 @production task.json:2',
    ],
  ],
  [
    'realm.json',
    `{\n"realm": "shop",\n"sslRequired": "all",\n"clients": [{"clientId": "web", "secret": "${CANARY}"}]\n}`,
    [
      'identity client value=web @production realm.json:4',
      'identity realm value=shop @production realm.json:2',
      'identity ssl-required value=all @production realm.json:3',
    ],
  ],
  [
    'saved.env',
    `LOG_LEVEL=info\nDB_PASSWORD=${CANARY}\n`,
    ['config DB_PASSWORD value=null @production saved.env:2', 'config LOG_LEVEL value=info @production saved.env:1'],
  ],
])('%s is told by its content, and its secrets stay in it', (name, text, expected) => {
  const inspection = inspectWith(name, text);
  expect(told(inspection)).toEqual(expected);
  expect(JSON.stringify(inspection)).not.toContain(CANARY);
  expect(inspection.coverage.read).toContainEqual({ path: name, reader: 'export', facts: expected.length });
});

test('the environment has the class of its name, and production where the name tells none', () => {
  const classOf = (environment: string) =>
    inspectWith('saved.env', 'LOG_LEVEL=info\n', environment).environments.find((each) => each.name === environment)
      ?.class;
  expect([classOf('staging'), classOf('dev'), classOf('blue')]).toEqual(['staging', 'staging', 'production']);
});

test('what is no format, no file, or called like a file of the repository is refused with the mend', () => {
  expect(() => inspectWith('notes.md', 'All is well.\nReally.\n')).toThrow(
    /not a format that can be read; known are kubectl/,
  );
  expect(() => inspectWith('Tiltfile', 'A_KEY=1\n')).toThrow(/rename the export/);
  expect(() => inspectRepository(REPOSITORY, { exports: [{ environment: 'production', file: '/nowhere/x' }] })).toThrow(
    /cannot be read \(ENOENT\)/,
  );
});
