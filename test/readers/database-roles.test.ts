import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('roles that SQL makes; comments, mappings, templates and tests make none', () => {
  expect(factsOf('readers/database-roles', 'database-roles')).toMatchInlineSnapshot(`
    [
      "identity database-role setting=shop_admin @shared db/roles.sql:5",
      "identity database-role setting=shop_app @shared db/roles.sql:8",
    ]
  `);
});
