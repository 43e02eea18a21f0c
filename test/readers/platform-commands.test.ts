import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys that scripts and programs set at a platform, services that they make; comments, what is only spoken of, and calls are none', () => {
  expect(factsOf('readers/platform-commands', 'platform-commands')).toMatchInlineSnapshot(`
    [
      "config ALLOW_INDEXING value=false @staging scripts/provision.sh:4",
      "config INDEXED value=true @staging src/init.mjs:5",
      "config INTERNAL_TOKEN value=null @staging src/init.mjs:5",
      "config MAIL_HOST value=smtp.example.com @production scripts/provision.sh:7",
      "config MAIL_PORT value=587 @production scripts/provision.sh:8",
      "config PAYMENT_KEY value=null @production scripts/provision.sh:9",
      "config SESSION_SECRET value=null @shared scripts/provision.sh:5",
      "config SESSION_SECRET value=null @staging scripts/provision.sh:4",
      "config SITE_TITLE value=The shop @shared scripts/provision.sh:10",
      "services postgresql resource=fly postgres create @shared scripts/provision.sh:11",
      "services s3 resource=fly storage create @shared src/init.mjs:6",
    ]
  `);
});
