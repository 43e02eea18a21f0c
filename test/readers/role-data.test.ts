import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('roles that pages ask for, database roles of groups; other data is none', () => {
  expect(factsOf('readers/role-data', 'role-data')).toMatchInlineSnapshot(`
    [
      "identity database-role setting=shop_guest @shared [Guest] app/data/groups.json:2",
      "identity database-role setting=shop_staff @shared [Staff] app/data/groups.json:4",
      "identity required-roles setting=admin,auditor @shared [/admin/(.*)] app/data/pageAccess.json:6",
    ]
  `);
});
