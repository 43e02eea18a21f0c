import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the variables that PHPUnit sets, of the tests; no comment, no setting of PHP, no other file of that name', () => {
  expect(factsOf('readers/phpunit', 'phpunit')).toEqual([
    'config APP_ENV value=testing @test phpunit.xml:7',
    'config APP_KEY value=null @test phpunit.xml:11',
    'config QUEUE_CONNECTION value=sync @test phpunit.xml:9',
    'config SESSION_DRIVER value=array @test phpunit.xml:10',
  ]);
});
