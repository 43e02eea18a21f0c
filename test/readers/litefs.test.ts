import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('where the database is, who writes to it, and what runs before and with the application', () => {
  expect(factsOf('readers/litefs', 'litefs')).toEqual([
    'data litefs data.dir=/data/litefs @shared other/litefs.yml:5',
    'data litefs fuse.dir=${LITEFS_DIR} @shared other/litefs.yml:3',
    'data litefs lease.candidate=${FLY_REGION == PRIMARY_REGION} @shared other/litefs.yml:11',
    'data litefs lease.promote=true @shared other/litefs.yml:12',
    'data litefs lease.type=consul @shared other/litefs.yml:10',
    'data litefs proxy.addr=:${INTERNAL_PORT} @shared other/litefs.yml:7',
    'data litefs proxy.db=app.db @shared other/litefs.yml:8',
    'data migrations runs=prisma migrate deploy @shared [release] other/litefs.yml:14',
    'operations litefs process=npm start @shared other/litefs.yml:18',
    'operations release process=npx prisma migrate deploy @shared other/litefs.yml:14',
    'operations release process=sqlite3 $DATABASE_PATH "PRAGMA journal_mode = WAL;" @shared other/litefs.yml:16',
    'services sqlite journal-mode=WAL @shared [release] other/litefs.yml:16',
  ]);
});
