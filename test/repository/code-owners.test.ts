import { expect, test } from 'vitest';
import { parseCodeOwners } from '../../scripts/repository/code-owners.ts';

const OWNERS = `# who answers for what
*               @acme/all    # the default
*.tf            @acme/platform ops@acme.example
/build/         @acme/release
docs/*          @acme/writers
apps/           @acme/apps
/apps/legacy
/config/my\\ app.yml @acme/config
!apps/none.txt  @acme/nobody
**/auth/**      @acme/identity

^[Payments][2] @acme/payments
/billing/
/billing/tax/   @acme/tax
`;

const CASES: [string, string[]][] = [
  ['README.md', ['@acme/all']],
  ['infra/prod/main.tf', ['@acme/platform', 'ops@acme.example']],
  ['build/out/x.js', ['@acme/release']],
  ['tools/build/x.js', ['@acme/all']],
  ['docs/setup.md', ['@acme/writers']],
  ['docs/deep/setup.md', ['@acme/all']],
  ['web/apps/main.ts', ['@acme/apps']],
  ['apps', ['@acme/all']],
  ['apps/legacy/a.ts', []],
  ['config/my app.yml', ['@acme/config']],
  ['apps/none.txt', ['@acme/apps']],
  ['server/auth/login.ts', ['@acme/identity']],
  ['billing/invoice.ts', ['@acme/payments']],
  ['billing/tax/rates.ts', ['@acme/tax']],
];

test.each(CASES)('%s is owned by %j', (path, owners) => {
  expect(parseCodeOwners(OWNERS)(path)).toEqual(owners);
});

test('a file that says nothing names nobody', () => {
  expect(parseCodeOwners('# empty\n')('a.ts')).toEqual([]);
});
