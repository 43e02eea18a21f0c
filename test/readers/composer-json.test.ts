import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('PHP as required and as resolved for, extensions and packages that are clients of a service', () => {
  expect(factsOf('readers/composer-json', 'composer-json')).toEqual([
    'providers sentry client=sentry/sentry@^4.0 @local composer.json:3',
    'runtime php target=8.2.10 @shared composer.json:4',
    'runtime php version=^8.2 @shared composer.json:2',
    'services postgresql client=ext-pdo_pgsql @shared composer.json:2',
    'services redis client=predis/predis@^2.0 @shared composer.json:2',
  ]);
});
