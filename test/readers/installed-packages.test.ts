import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('packages that a command installs by name, and what the project’s own list says of those alone', () => {
  expect(factsOf('readers/installed-packages', 'installed-packages')).toMatchInlineSnapshot(`
    [
      "runtime dotnet-ef package=9.0.4 @ci .github/workflows/test.yml:8",
      "runtime dotnet-ef package=8.0.1 @shared Dockerfile:8",
      "runtime minio package=7.2.18 @ci .github/workflows/test.yml:6",
      "runtime minio package= @shared Dockerfile:5",
      "runtime minio package-listed=7.2.18 @shared requirements.txt:1",
      "runtime npm resolves=npm install @ci .github/workflows/test.yml:7",
      "runtime pip resolves=pip install . @shared Dockerfile:7",
      "runtime prisma package=6.19.0 @shared Dockerfile:2",
      "runtime prisma package-listed=^7.3.0 @shared package.json:3",
      "runtime psycopg package= @shared Dockerfile:5",
      "runtime uwsgi package= @shared Dockerfile:4",
    ]
  `);
});
