import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what a build copies, the variables that nothing gives it, and the folder it is built from', () => {
  expect(factsOf('readers/build-inputs', 'build-inputs')).toMatchInlineSnapshot(`
    [
      "config APP_KIND undefined-variable=ENV APP_KIND @shared Dockerfile:3",
      "config CACHE_URL undefined-variable=script @shared Dockerfile:11",
      "config SENTRY_ORG commented-out=null @shared Dockerfile:7",
      "operations api build-context=. @local [api] compose.yml:6",
      "operations api build-file=api/Dockerfile @local [api] compose.yml:7",
      "operations assets copies=assets @shared Dockerfile:9",
      "operations package.json copies=package.json @shared Dockerfile:8",
      "operations src copies=src @shared Dockerfile:9",
      "operations web build-context=./web @local [web] compose.yml:3",
      "operations web build-file=Dockerfile @local [web] compose.yml:3",
    ]
  `);
});
