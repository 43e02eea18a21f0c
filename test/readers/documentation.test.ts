import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/documentation'));

test('versions beside their names, variables, commands and files, each once a file', () => {
  expect(factsOf('readers/documentation', 'documentation')).toEqual([
    'config APP_ENV documented=local @shared README.md:19',
    'config LOG_LEVEL documented=info @shared README.md:8',
    'config MAX_ITEMS documented=20 @shared README.md:14',
    'config QUEUE_URL documented= @shared README.md:10',
    'config SESSION_SECRET documented=null @shared README.md:9',
    'config SMTP_HOST documented= @shared README.md:13',
    'operations bin/start.sh file-reference=bin/start.sh @shared README.md:28',
    'operations docker run -d command=docker run -d redis:7.2 @shared README.md:20',
    'operations docs/setup.md file-reference=docs/setup.md @shared README.md:28',
    'operations npm run dev command=npm run dev -- --port 3000 @shared README.md:18',
    'runtime node documented=>= 20 @shared README.md:3',
    'runtime python documented=3.12+ @shared README.md:3',
    'runtime ruby documented=3.3.0 @shared docs/setup.rst:3',
    'services mysql documented=8 @shared docs/setup.rst:3',
    'services postgresql documented=14 @shared README.md:3',
    'services redis documented=7.2 @shared README.md:20',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('documentation:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'documentation').map((each) => each.path)).toEqual([
    'README.md',
    'docs/setup.rst',
  ]);
});
