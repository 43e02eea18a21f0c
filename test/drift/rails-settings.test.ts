import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { driftOf } from '../support/drift-of.ts';
import { fixture } from '../support/facts-of.ts';

const REPOSITORY = 'drift/rails-settings';

test('settings files and variables by environment are told of all environments that they hold in, with what each of them is about', () => {
  expect(driftOf(REPOSITORY)).toEqual([
    'medium env-name-branch:RAILS_ENV csp: RAILS_ENV (in development,test) decides on csp in config/initializers/content_security_policy.rb: policy.upgrade_insecure_requests(!Rails.env.local?)',
    'medium env-name-branch:RAILS_ENV migrations: RAILS_ENV (!= production) decides on migrations in db/data/20240203101112_backfill_orders.rb: Upload.find(6).file.open { |blob| Order.import(blob) }',
    'medium env-name-branch:RAILS_ENV notification: RAILS_ENV (in production,rehearsal) decides on notification in app/jobs/check_orders_job.rb: OrderNotifier.call(Order.unchecked)',
    'medium env-name-branch:RAILS_ENV queue: RAILS_ENV (!= production) decides on queue in app/jobs/remove_duplicates_job.rb: ArchiveJob.perform_later(Order.duplicates)',
    'medium process-only-in:var.workers of production:qa+staging: var.workers: production starts worker1 and worker2, and qa and staging worker',
    'medium production-reached:production addresses:qa: settings.registry.base_url leads to production in qa',
    'medium value-differs:settings.basic_auth:qa+rehearsal: settings.basic_auth is false in production and true in qa and rehearsal',
    'medium value-differs:settings.features.export_orders:rehearsal: settings.features.export_orders is true in production and false in rehearsal',
    'medium value-differs:settings.features.import_orders:qa+rehearsal+staging: settings.features.import_orders is true in production and false in qa, rehearsal and staging',
    'low data-differs:rails:qa+staging: database: production runs rails db:migrate and qa db:schema:load',
    'low env-name-branch:var.app_environment in infra/variables.tf: var.app_environment (== qa) decides in infra/variables.tf',
    'low value-differs:var.postgres_sku:qa+staging: var.postgres_sku is GP_Standard_D4ds_v5 in production and B_Standard_B2s in qa and staging',
    'low value-differs:var.web.main.startup_command:qa: var.web.main.startup_command is /bin/sh, -c, bundle exec rails db:migrate && bundle exec rai... in production and /bin/sh, -c, bundle exec rails db:schema:load && bundle exec... in qa',
  ]);
});

test('a settings file that sets nothing of what the others set names no environment', () => {
  const { environments } = inspectRepository(fixture(REPOSITORY));
  expect(environments.map(({ name, class: cls }) => `${name} ${cls}`)).toEqual([
    'ci ci',
    'local local',
    'production production',
    'qa staging',
    'rehearsal staging',
    'staging staging',
  ]);
});

test('the arm of a question about two environments is taken by both', () => {
  const drift = inspectRepository(fixture(REPOSITORY)).drift.find(
    ({ subject }) => subject === 'RAILS_ENV notification',
  );
  expect(drift?.sides.map(({ value, evidence }) => `${evidence.line} ${value}`)).toEqual([
    '3 in production,rehearsal',
    '5 production,rehearsal',
  ]);
});
