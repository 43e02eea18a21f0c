import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what recipes run and set, by the environment that a target’s name tells; files that another program made say nothing', () => {
  expect(factsOf('readers/makefile', 'makefile')).toEqual([
    'config APP_ENV value=production @prod [deploy-prod] Makefile:20',
    'config APP_ENV value=development @shared Makefile:2',
    'config DEBUG value=1 @local [dev] Makefile:9',
    'config IMAGE_TAG value=null @shared Makefile:3',
    'config LOG_LEVEL value=warn @test [test-e2e] Makefile:17',
    'config QUEUE value=inline @local [dev] Makefile:9',
    'data migrations runs=./scripts/migrate.sh @prod [deploy-prod] Makefile:20',
    'data migrations runs=alembic upgrade head @shared [migrate] Makefile:14',
    'operations env-file env-file=.env.local @shared Makefile:4',
    'runtime go version=1.23 @shared Makefile:1',
    'services redis image=redis:7.2 @local [dev] Makefile:9',
    'services redis version=7.2 @local [dev] Makefile:9',
  ]);
});
