import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('packages that only developers have, installs that leave them out, and what uses them where production runs', () => {
  expect(factsOf('readers/dependency-groups', 'dependency-groups')).toMatchInlineSnapshot(`
    [
      "runtime bullet dependency-group=development @local Gemfile:10",
      "runtime bundler leaves-out=development test @shared deploy/build:2",
      "runtime npm leaves-out=dev @shared Dockerfile:3",
      "runtime pg_query dependency-group=development, test @local Gemfile:4",
      "runtime pg_query uses=pg_query @shared lib/query_tracker.rb:1",
      "runtime prisma dependency-group=devDependencies @local package.json:5",
      "runtime prisma uses=npx prisma migrate deploy @shared Dockerfile:4",
      "runtime vitest dependency-group=devDependencies @local package.json:7",
    ]
  `);
});
