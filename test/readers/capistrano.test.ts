import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('versions, variables and servers by role; a stage is the file’s name, and comments and computed settings say nothing', () => {
  expect(factsOf('readers/capistrano', 'capistrano')).toEqual([
    'config NODE_ENV value=production @shared config/deploy.rb:7',
    'config PATH_PREFIX value=/opt @shared config/deploy.rb:7',
    'config RAILS_ENV value=production @live config/deploy/live.rb:2',
    'config RAILS_ENV value=staging @staging config/deploy/staging.rb:3',
    'operations app server=a.example.com @live config/deploy/live.rb:1',
    'operations app server=b.example.com @live config/deploy/live.rb:1',
    'operations app server=staging.example.com @staging config/deploy/staging.rb:1',
    'operations deploy application=shop @shared config/deploy.rb:3',
    'operations deploy branch=develop @staging config/deploy/staging.rb:2',
    'operations deploy workers=2 @shared config/deploy.rb:8',
    'operations web server=staging.example.com @staging config/deploy/staging.rb:1',
    'runtime node version=v20.11.1 @shared config/deploy.rb:6',
    'runtime ruby version=3.2.2 @shared config/deploy.rb:5',
  ]);
});
