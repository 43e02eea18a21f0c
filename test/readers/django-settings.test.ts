import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings that matter, by module and by the condition around them; no function, comment, test case or other module counts', () => {
  expect(factsOf('readers/django-settings', 'django-settings')).toMatchInlineSnapshot(`
    [
      "config ALLOWED_HOSTS value=shop.example.org,www.example.org @shared shop/settings/base.py:8",
      "config CACHES.default.BACKEND value=django_redis.cache.RedisCache @shared shop/settings/base.py:26",
      "config CACHES.default.LOCATION value=redis://cache:6379/1 @shared shop/settings/base.py:26",
      "config CSRF_COOKIE_SECURE conditional-value=False @shared shop/settings/base.py:36",
      "config CSRF_TRUSTED_ORIGINS value=null @production shop/settings/production.py:6",
      "config DATABASES.default.ATOMIC_REQUESTS value=True @shared shop/settings/base.py:34",
      "config DATABASES.default.CONN_MAX_AGE value=60 @shared shop/settings/base.py:23",
      "config DATABASES.default.ENGINE value=django.db.backends.sqlite3 @local shop/settings/dev.py:4",
      "config DATABASES.default.ENGINE value=django.db.backends.postgresql @shared shop/settings/base.py:20",
      "config DATABASES.default.NAME value=null @shared shop/settings/base.py:21",
      "config DEBUG value=True @local shop/settings/dev.py:3",
      "config DEBUG value=False @shared shop/settings/base.py:6",
      "config EMAIL_BACKEND value=django_ses.SESBackend @production shop/settings/base.py:41",
      "config EMAIL_BACKEND value=anymail.backends.mailgun.EmailBackend @production shop/settings/production.py:5",
      "config EMAIL_BACKEND value=django.core.mail.backends.console.EmailBackend @shared shop/settings/base.py:28",
      "config INSTALLED_APPS.debug_toolbar conditional-value=present @shared shop/settings/base.py:37",
      "config INSTALLED_APPS.django_extensions value=present @local shop/settings/dev.py:5",
      "config LOGGING.root.level value=INFO @shared shop/settings/base.py:31",
      "config MIDDLEWARE.django.middleware.csrf.CsrfViewMiddleware value=removed @local shop/settings/dev.py:6",
      "config MIDDLEWARE.django.middleware.csrf.CsrfViewMiddleware value=present @shared shop/settings/base.py:15",
      "config MIDDLEWARE.django.middleware.security.SecurityMiddleware value=present @shared shop/settings/base.py:14",
      "config MIDDLEWARE.whitenoise.middleware.WhiteNoiseMiddleware value=present @production shop/settings/production.py:4",
      "config REST_FRAMEWORK.DEFAULT_THROTTLE_RATES.anon value=100/day @shared shop/settings/base.py:33",
      "config SECURE_HSTS_SECONDS conditional-value=0 @shared shop/settings/base.py:45",
      "config SECURE_HSTS_SECONDS value=31536000 @production shop/settings/production.py:3",
      "config SECURE_SSL_REDIRECT value=True @production shop/settings/base.py:40",
      "config SECURE_SSL_REDIRECT value=False @staging shop/settings/base.py:43",
      "config SECURE_SSL_REDIRECT value=False @uat shop/settings/base.py:43",
      "config SESSION_COOKIE_AGE value=60 * 60 @shared shop/settings/base.py:27",
      "providers mailgun engine=anymail.backends.mailgun.EmailBackend @production shop/settings/production.py:5",
      "services postgresql engine=django.db.backends.postgresql @shared shop/settings/base.py:20",
      "services redis engine=django_redis.cache.RedisCache @shared shop/settings/base.py:26",
      "services redis scheme=redis @shared shop/settings/base.py:26",
      "services sqlite engine=django.db.backends.sqlite3 @local shop/settings/dev.py:4",
    ]
  `);
});
