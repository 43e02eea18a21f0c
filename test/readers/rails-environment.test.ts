import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by environment and for all; comments, strings, comparisons and other objects are none', () => {
  expect(factsOf('readers/rails-environment', 'rails-environment')).toMatchInlineSnapshot(`
    [
      "config Devise.allow_unconfirmed_access_for value=2.days @shared config/initializers/devise.rb:3",
      "config Devise.secret_key value=null @shared config/initializers/devise.rb:5",
      "config Devise.sign_in_after_reset_password value=false @shared config/initializers/devise.rb:4",
      "config Devise.timeout_in value=30.minutes @shared config/initializers/devise.rb:2",
      "config Rack::Attack.throttle.logins/ip.limit value=5 @shared config/initializers/devise.rb:8",
      "config Rack::Attack.throttle.logins/ip.period value=20.seconds @shared config/initializers/devise.rb:8",
      "config config.action_mailer.delivery_method value=smtp @production config/environments/production.rb:7",
      "config config.action_mailer.show_previews conditional-value=true @production config/environments/production.rb:19",
      "config config.action_mailer.smtp_settings.address value=smtp.example.org @production config/environments/production.rb:9",
      "config config.action_mailer.smtp_settings.password value=null @production config/environments/production.rb:11",
      "config config.action_mailer.smtp_settings.port value=587 @production config/environments/production.rb:10",
      "config config.active_job.queue_adapter value=async @development config/environments/development.rb:4",
      "config config.active_job.queue_adapter value=sidekiq @shared config/application.rb:5",
      "config config.active_storage.service value=amazon @production config/environments/production.rb:6",
      "config config.cache_store value=memory_store @development config/environments/development.rb:3",
      "config config.cache_store value=redis_cache_store @production config/environments/production.rb:5",
      "config config.cache_store.pool value=false @production config/environments/production.rb:5",
      "config config.cache_store.url value=null @production config/environments/production.rb:5",
      "config config.eager_load value=false @development config/environments/development.rb:2",
      "config config.eager_load value=true @production config/environments/production.rb:3",
      "config config.force_ssl conditional-value=true @production config/environments/production.rb:4",
      "config config.hosts value=shop.example.org @production config/environments/production.rb:13",
      "config config.load_defaults value=8.0 @shared config/application.rb:3",
      "config config.log_level value=null @production config/environments/production.rb:16",
      "config config.log_tags value=request_id @production config/environments/production.rb:17",
      "config config.middleware.Profiler conditional-value=use @shared config/application.rb:8",
      "config config.middleware.Rack::Cors value=insert_before @shared config/application.rb:6",
      "config config.public_file_server.headers.Cache-Control value=public @production config/environments/production.rb:14",
      "config config.session_timeout value=30.minutes @production config/environments/production.rb:15",
      "config config.time_zone value=UTC @shared config/application.rb:4",
      "config config.x.billing conditional-value=false @shared config/application.rb:12",
      "config config.x.billing value=true @production config/application.rb:10",
      "services redis engine=redis_cache_store @production config/environments/production.rb:5",
      "services redis engine=sidekiq @shared config/application.rb:5",
      "services s3 engine=amazon @production config/environments/production.rb:6",
      "services smtp engine=smtp @production config/environments/production.rb:7",
    ]
  `);
});
