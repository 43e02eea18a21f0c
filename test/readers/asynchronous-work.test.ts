import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('jobs, schedules and inline modes; no comment, string, web worker or data structure counts', () => {
  expect(factsOf('readers/asynchronous-work', 'asynchronous-work')).toEqual([
    "operations CELERY_TASK_ALWAYS_EAGER inline=os.getenv('EAGER') == '1' @shared app/tasks.py:5",
    'operations CleanJob inline=perform_now @shared app/jobs/digest_job.rb:4',
    "operations Digest.send schedule=1.day, at: '4:30 am' @shared config/schedule.rb:1",
    'operations DigestJob job=ApplicationJob @shared app/jobs/digest_job.rb:1',
    'operations Mailing job=Sidekiq::Job @shared app/jobs/digest_job.rb:9',
    'operations active_job inline=inline @test spec/rails_helper.rb:3',
    'operations beat job=shared_task @shared app/tasks.py:21',
    'operations beat schedule=60.0 @shared app/tasks.py:12',
    'operations clean schedule=0 * * * * @shared config/schedule.rb:4',
    'operations cleanUp schedule=*/5 * * * * @shared src/queues.ts:9',
    'operations daily schedule=0 0 * * * @shared config/schedule.rb:7',
    "operations digest schedule={}, { repeat: { pattern: '0 6 * * *' } } @shared src/queues.ts:7",
    'operations hourly schedule=every_hour @shared config/schedule.rb:8',
    'operations mails job=queue @shared src/queues.ts:5',
    'operations mails job=worker @shared src/queues.ts:6',
    "operations poll schedule='interval', minutes=5 @shared app/tasks.py:26",
    "operations poll schedule='cron', hour=3 @shared app/tasks.py:28",
    'operations purge schedule=0 3 * * * @shared src/queues.ts:13',
    'operations renew job=shared_task @shared app/tasks.py:16',
    'operations renew-channels schedule=crontab(hour=3, minute=0) @shared app/tasks.py:7',
    'operations report job=agenda @shared src/queues.ts:16',
    'operations report schedule=5 minutes @shared src/queues.ts:17',
    'operations sidekiq inline=inline @test spec/rails_helper.rb:2',
    'operations task_always_eager inline=True @test tests/conftest.py:2',
  ]);
});
