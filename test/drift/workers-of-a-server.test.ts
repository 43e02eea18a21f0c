import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('how many processes answer requests is no matter of the queue; which queue there is, is', () => {
  const told = driftOf('drift/workers-of-a-server').filter((line) => line.includes('env-name-branch'));
  expect(told).toEqual([
    'medium env-name-branch:RAILS_ENV queue: RAILS_ENV (== development) decides on queue in config/jobs.rb: config.active_job.queue_adapter = :inline if Rails.env.development?',
    'low env-name-branch:RAILS_ENV in config/puma.rb: RAILS_ENV (in development,test) decides in config/puma.rb',
    'low env-name-branch:RAILS_ENV server processes: RAILS_ENV (== development) decides on server processes in config/puma.rb: worker_timeout 3600 if Rails.env.development?',
  ]);
});
