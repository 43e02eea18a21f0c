import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('calls that check a password, and neither their definitions nor tests', () => {
  expect(factsOf('readers/sign-in', 'sign-in')).toMatchInlineSnapshot(`
    [
      "identity login real=check_password @shared app/views.py:5",
      "identity login real=verifyUserPassword @shared src/auth.js:4",
      "identity login real=bcrypt.compare @shared src/password.js:2",
    ]
  `);
});
