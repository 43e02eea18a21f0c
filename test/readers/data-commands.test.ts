import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('commands that prepare a database, each in the environment that runs it; a comment and a build step of something else say nothing', () => {
  expect(factsOf('readers/data-commands', 'data-commands')).toMatchInlineSnapshot(`
    [
      "data django data-migrate=manage.py migrate @shared deploy/load.sh:2",
      "data prisma data-generate=prisma generate @shared Dockerfile:2",
      "data prisma data-migrate=prisma migrate deploy @shared fly.toml:4",
      "data prisma data-schema=prisma db push @local package.json:4",
      "data rails data-schema=db:schema:load @ci .github/workflows/test.yml:7",
      "data sql data-seed=data/dev/*.sql @uat deploy/load.sh:4",
      "data sqlite data-statement=PRAGMA journal_mode = WAL @shared litefs.yml:3",
    ]
  `);
});
