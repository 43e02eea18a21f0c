import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

test('the whole family, with quotes, comments and switched-off keys, each file in its environment', () => {
  expect(factsOf('readers/dotenv', 'dotenv')).toEqual([
    'config AFTER value=ok @local .env.example:15',
    'config API_URL value=http://localhost @development .env.development:1',
    'config API_URL value=https://api.example.com @production .env.prod.example:1',
    'config API_URL value=http://test @test .env.test:1',
    'config CERTIFICATE_TEXT value=first line SECOND=still the first value last line @local .env.example:12',
    'config DATABASE_URL value=postgres://[withheld]@localhost:5432/shop @local .env.example:2',
    'config EMPTY value= @local .env.example:5',
    'config HASH value=a#b @local .env.example:7',
    'config KEY value=1 @local env.sample:1',
    'config LOG_LEVEL commented=debug @local .env.example:10',
    'config LOG_LEVEL value=info @dev k8s/overlays/dev/app.env:1',
    'config NEXT value=read @local .env.example:18',
    'config OPEN value="never closed @local .env.example:17',
    'config PASSED_THROUGH value=null @local .env.example:8',
    'config PLAIN value=a value @local .env.example:6',
    'config PORT value=3000 @local .env.example:4',
    'config POSTGRES_DB value=shop @local docker/backend.env:1',
    'config REDIS_URL value=redis://localhost:6379 @local .env.example:3',
    'config SESSION_SECRET value=null @local .env.example:16',
    'config TARGET value=https://shop.example.com @test tests/.env.prod:1',
    'config TZ value=UTC @local docker/.env:1',
    'config TZ value=CET @production docker/production/.env:1',
    'services postgresql scheme=postgres @local .env.example:2',
    'services redis scheme=redis @local .env.example:3',
  ]);
});

test('a dev that is deployed is shared by people; what cannot be read is named by its line', () => {
  const { environments, coverage } = inspectRepository(fixture('readers/dotenv'));
  expect(environments.map((each) => `${each.name} ${each.class}`)).toEqual([
    'dev staging',
    'development local',
    'local local',
    'production production',
    'test test',
  ]);
  expect(coverage.unread).toEqual([
    { path: '.env.example', reason: 'dotenv: line 17: a quote that is never closed' },
    { path: '.env.example', reason: 'dotenv: line 19: no assignment' },
  ]);
});
