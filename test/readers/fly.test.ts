import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables, processes, machines, checks and redirects to https; an application named after its environment is in it, and another file called fly is none', () => {
  expect(factsOf('readers/fly', 'fly')).toEqual([
    'config DATABASE_URL value=postgres://db.internal/shop @shared [shop] fly.toml:13',
    'config LOG_LEVEL value=trace @preview [shop-preview] preview/fly.toml:3',
    'config LOG_LEVEL value=info @shared [shop] fly.toml:12',
    'config LOG_LEVEL value=debug @staging [shop] fly.staging.toml:3',
    'edge shop force-https=true @shared [shop] fly.toml:21',
    'edge shop force-https=false @staging [shop] fly.staging.toml:7',
    'operations release process=bin/migrate @shared [release] fly.toml:8',
    'operations shop auto-stop=stop @shared [shop] fly.toml:23',
    'operations shop cpus=2 @shared [shop] fly.toml:29',
    'operations shop healthcheck=/healthz @shared [shop] fly.toml:25',
    'operations shop image=ghcr.io/acme/shop:1.4 @shared [shop] fly.toml:5',
    'operations shop memory=1gb @shared [shop] fly.toml:28',
    'operations shop min-replicas=2 @shared [shop] fly.toml:22',
    'operations shop port=8080 @shared [shop] fly.toml:20',
    'operations shop port=8080 @staging [shop] fly.staging.toml:5',
    'operations shop region=ams @shared [shop] fly.toml:2',
    'operations shop strategy=rolling @shared [shop] fly.toml:9',
    'operations web process=bin/server @shared [web] fly.toml:16',
    'operations worker process=bin/worker @shared [worker] fly.toml:17',
    'services postgresql scheme=postgres @shared [shop] fly.toml:13',
  ]);
});
