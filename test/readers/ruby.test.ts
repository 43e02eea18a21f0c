import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys and credentials that Ruby reads, in tasks and text too; no comment, string or heredoc text counts', () => {
  expect(factsOf('readers/ruby', 'ruby')).toEqual([
    'config ASKED read=optional @shared app/reads.rb:9',
    'config BARE_FETCH read=required @shared app/reads.rb:5',
    'config DATABASE_URL read=required @shared app/reads.rb:1',
    'config FEATURE_* read=required @shared app/reads.rb:14',
    'config LICENSE read=required @shared app/reads.rb:18',
    'config LOG_LEVEL default=info @shared app/reads.rb:2',
    'config LOG_LEVEL read=defaulted @shared app/reads.rb:2',
    'config PORT default=3000 @shared app/reads.rb:3',
    'config PORT read=defaulted @shared app/reads.rb:3',
    'config RAILS_ENV branch=== production @shared lib/tasks/deploy.rake:3',
    'config RAILS_ENV branch=!= test @shared lib/tasks/deploy.rake:6',
    'config RAILS_ENV branch=in staging,production @shared lib/tasks/deploy.rake:7',
    'config RAILS_ENV branch=== production @shared lib/tasks/deploy.rake:8',
    'config RAILS_ENV branch=== development @shared lib/tasks/deploy.rake:9',
    'config RAILS_ENV read=optional @shared lib/tasks/deploy.rake:8',
    'config RAILS_ENV value=test @test spec/spec_helper.rb:1',
    'config REGION default=eu @shared app/reads.rb:6',
    'config REGION read=defaulted @shared app/reads.rb:6',
    'config SECRET_KEY_BASE read=required @shared app/reads.rb:4',
    'config SMTP_HOST read=required @shared app/reads.rb:10',
    'config STRIPE_MODE read=required @shared app/reads.rb:17',
    'config TABLE_NAME read=required @shared app/reads.rb:12',
    'config TASKS_DIR default=lib/tasks @shared Rakefile:1',
    'config TASKS_DIR read=defaulted @shared Rakefile:1',
    'config TZ default=UTC @shared app/reads.rb:7',
    'config TZ read=defaulted @shared app/reads.rb:7',
    'config VERBOSE read=optional @shared app/reads.rb:8',
    'config WRAPPED default=x @shared lib/tasks/deploy.rake:2',
    'config WRAPPED read=defaulted @shared lib/tasks/deploy.rake:2',
    'config aws.access_key_id secret-reference=rails credentials @shared app/reads.rb:15',
    'config stripe.public_name secret-reference=rails credentials @shared app/reads.rb:16',
  ]);
});
