import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the data source: provider and variables; no generator, comment or model', () => {
  expect(factsOf('readers/prisma', 'prisma')).toEqual([
    'config DATABASE_URL read=required @shared prisma/schema.prisma:8',
    'config SHADOW_URL read=required @shared prisma/schema.prisma:9',
    'config datasource.directUrl value=postgresql://[withheld]@localhost:5432/shop @shared prisma/schema.prisma:10',
    'config datasource.provider value=postgresql @shared prisma/schema.prisma:7',
    'services postgresql engine=postgresql @shared prisma/schema.prisma:7',
    'services postgresql scheme=postgresql @shared prisma/schema.prisma:10',
  ]);
});
