import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('gems of services with their groups; nested blocks, comments and unknown groups change nothing', () => {
  expect(factsOf('readers/gemfile', 'gemfile')).toEqual([
    'runtime rails pin=~> 7.1 @shared Gemfile:5',
    'runtime ruby version=3.3.1 @shared api/Gemfile:2',
    'runtime ruby version-file=.ruby-version @shared Gemfile:3',
    'services memcached client=dalli @local Gemfile:14',
    'services memcached client=dalli @test Gemfile:14',
    'services mongodb client=mongoid@8.1.0 @test Gemfile:22',
    'services mysql client=mysql2 @production Gemfile:9',
    'services postgresql client=pg@~> 1.5, >= 1.5.4 @shared Gemfile:6',
    'services postgresql client=pg @shared api/Gemfile:3',
    'services rabbitmq client=bunny @shared Gemfile:19',
    'services redis client=redis @shared Gemfile:7',
    'services sqlite client=sqlite3@~> 1.4 @local Gemfile:12',
    'services sqlite client=sqlite3@~> 1.4 @test Gemfile:12',
  ]);
});
