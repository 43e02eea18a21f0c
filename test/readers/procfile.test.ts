import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('processes and the variables of their commands; a Procfile that watches sources is a developer’s', () => {
  expect(factsOf('readers/procfile', 'procfile')).toEqual([
    'config RAILS_MAX_THREADS value=5 @shared [web] Procfile:3',
    'data migrations runs=bin/rails db:migrate @shared [release] Procfile:2',
    'operations css process=yarn build:css @local Procfile.dev:2',
    'operations js process=npm run build -- --watch @local admin/Procfile:2',
    'operations release process=bin/rails db:migrate @shared Procfile:2',
    'operations web process=bin/rails server -p 3000 @local Procfile.dev:1',
    'operations web process=bin/serve @local admin/Procfile:1',
    'operations web process=RAILS_MAX_THREADS=5 bundle exec puma -C config/puma.rb @shared Procfile:3',
    'operations worker process=bundle exec sidekiq @shared Procfile:4',
  ]);
});
