import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables, add-ons, buildpacks and formation, review and test sections apart; an app.json of Expo is none', () => {
  expect(factsOf('readers/heroku', 'heroku')).toEqual([
    'config LOG_LEVEL value=info @shared app.json:9',
    'config LOG_LEVEL value=debug @test app.json:15',
    'config RACK_ENV value=production @shared heroku.yml:3',
    'config RAILS_ENV value=production @shared app.json:7',
    'config SECRET_KEY_BASE value=null @shared app.json:8',
    'config SENTRY_DSN value=null @shared app.json:10',
    'operations postdeploy process=bin/seed @shared [postdeploy] app.json:13',
    'operations release process=bin/migrate @shared [release] heroku.yml:9',
    'operations web process=bin/server @shared [web] heroku.yml:11',
    'operations web replicas=2 @shared [web] app.json:12',
    'operations web size=standard-1x @shared [web] app.json:12',
    'operations worker process=bin/worker @shared [worker] heroku.yml:14',
    'providers papertrail plan=papertrail @shared app.json:5',
    'runtime heroku-stack version=heroku-24 @shared [heroku-stack] app.json:3',
    'runtime node buildpack=heroku/nodejs @shared app.json:4',
    'runtime ruby buildpack=https://github.com/heroku/heroku-buildpack-ruby.git @shared app.json:4',
    'services postgresql plan=heroku-postgresql:essential-0 @review app.json:16',
    'services postgresql plan=heroku-postgresql:standard-0 @shared app.json:5',
    'services postgresql plan=heroku-postgresql:in-dyno @test app.json:15',
    'services postgresql version=15 @shared app.json:5',
    'services redis plan=heroku-redis:mini @shared app.json:5',
  ]);
});
