import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('steps in groups, commands, variables and the image of the docker plugin; another file in the folder is none', () => {
  expect(factsOf('readers/buildkite', 'buildkite')).toEqual([
    'config BUNDLE_WITHOUT value=production @ci [test] .buildkite/pipeline.yml:11',
    'config CI_MODE value=fast @ci .buildkite/pipeline.yml:2',
    'config RAILS_ENV value=test @ci [test] .buildkite/pipeline.yml:6',
    'config REGION value=eu @staging [Deploy to staging] .buildkite/pipeline.yml:19',
    'operations Deploy to staging process=Deploy to staging @staging .buildkite/pipeline.yml:16',
    'operations test process=Tests @ci .buildkite/pipeline.yml:4',
    'runtime ruby image=ruby:3.3 @ci [test] .buildkite/pipeline.yml:9',
    'runtime ruby version=3.3 @ci [test] .buildkite/pipeline.yml:9',
  ]);
});
