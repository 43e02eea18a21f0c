import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys and settings that PHP reads, in Blade templates too, and the environments that it asks for; no comment, string, markup or request counts', () => {
  expect(factsOf('readers/php', 'php')).toEqual([
    'config ANALYTICS_URL read=required @shared resources/views/home.blade.php:8',
    'config API_TOKEN read=required @shared app/Reads.php:23',
    'config APP_ENV branch=in local,testing @shared app/Reads.php:11',
    'config APP_ENV branch=!= production @shared app/Reads.php:14',
    'config APP_ENV branch=== staging @shared app/Reads.php:14',
    'config APP_ENV branch==== demo @shared app/Reads.php:17',
    'config APP_ENV branch=== staging @shared resources/views/home.blade.php:4',
    'config APP_ENV branch=== production @shared resources/views/home.blade.php:7',
    'config APP_ENV value=testing @test tests/TestCase.php:3',
    'config FEATURE_SEARCH read=optional @shared app/Reads.php:20',
    'config MAIL_HOST read=required @shared config/mail.php:6',
    'config MAIL_KEY default=none @shared config/mail.php:9',
    'config MAIL_KEY read=defaulted @shared config/mail.php:9',
    'config MAIL_MAILER default=smtp @shared config/mail.php:5',
    'config MAIL_MAILER read=defaulted @shared config/mail.php:5',
    'config MAIL_PASSWORD read=optional @shared config/mail.php:7',
    'config MAIL_REGION default=eu @shared config/mail.php:8',
    'config MAIL_REGION read=defaulted @shared config/mail.php:8',
    'config MAIL_VERIFY default=true @shared config/mail.php:12',
    'config MAIL_VERIFY read=defaulted @shared config/mail.php:12',
    'config MAIL_VERIFY type=boolean @shared config/mail.php:12',
    'config SHOP_STAGE read=optional @shared config/mail.php:11',
    'config app.env read=optional @shared app/Reads.php:17',
    'config app.locale default=en @shared app/Reads.php:9',
    'config app.locale read=defaulted @shared app/Reads.php:9',
    'config mail.default value=array @test tests/TestCase.php:4',
    'config shop.limit read=optional @shared app/Reads.php:10',
    'config shop.title read=optional @shared resources/views/home.blade.php:3',
  ]);
});
