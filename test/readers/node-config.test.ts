import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by file beside a default, variables that override them; no other folder, no other file', () => {
  expect(factsOf('readers/node-config', 'node-config')).toEqual([
    'config DATABASE_URL read=optional @shared config/custom-environment-variables.yaml:2',
    'config DB_POOL read=optional @shared config/custom-environment-variables.yaml:4',
    'config db.password value=null @shared config/default.json:1',
    'config db.url value=postgres://localhost/shop @shared config/default.json:1',
    'config limits value=1,2 @production config/production.json5:4',
    'config mail.transport value=file @development config/development.js:1',
    'config mail.transport value=smtp @production config/production.json5:3',
    'config mail.transport value=console @shared config/default.json:1',
    'config mail.transport value=broken @staging config/staging.yml:2',
    'services postgresql scheme=postgres @shared config/default.json:1',
    'services smtp engine=smtp @production config/production.json5:3',
  ]);
});
