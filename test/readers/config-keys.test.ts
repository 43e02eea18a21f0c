import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

const facts = factsOf('readers/config-keys');

/** The facts whose evidence is in files like these. */
function of(files: RegExp): string[] {
  return facts.filter((fact) => files.test(fact.split(' ').at(-1) ?? ''));
}

test("a project's own function or class, a table of keys, a schema, and what a bundler writes into the page", () => {
  expect(of(/^(?:src\/[\w.-]+\.[jt]s|vite\.config\.ts|cypress\/\S+):/)).toEqual([
    'config ASSET_BASE default=/ @shared vite.config.ts:1',
    'config ASSET_BASE fixed-at=build @shared vite.config.ts:1',
    'config ASSET_BASE read=defaulted @shared vite.config.ts:1',
    'config CACHE_CLUSTER allowed=false @shared src/schema.ts:6',
    'config CACHE_CLUSTER allowed=true @shared src/schema.ts:6',
    'config CACHE_CLUSTER read=optional @shared src/schema.ts:6',
    'config CACHE_HOST read=required @shared src/schema.ts:7',
    'config CACHE_NAME read=required @shared src/schema.ts:11',
    'config CACHE_NODES read=required @shared src/schema.ts:8',
    'config CACHE_PREFIX read=required @shared src/schema.ts:12',
    'config CACHE_TLS default=false @shared src/schema.ts:9',
    'config CACHE_TLS read=defaulted @shared src/schema.ts:9',
    'config CACHE_TTL default=60 @shared src/schema.ts:5',
    'config CACHE_TTL read=defaulted @shared src/schema.ts:5',
    'config CACHE_TTL type=number @shared src/schema.ts:5',
    'config CACHE_URL read=required @shared src/schema.ts:4',
    'config CACHE_URL type=url @shared src/schema.ts:4',
    'config CACHE_USER read=required @shared src/schema.ts:10',
    'config CYPRESS_LOGIN_USER read=required @test cypress/login.js:1',
    'config DISABLE_EMAIL_SIGNUP read=optional @shared src/uses.ts:3',
    'config DISABLE_EMAIL_SIGNUP type=boolean @shared src/uses.ts:3',
    'config DISABLE_GOOGLE_SIGNUP read=optional @shared src/uses.ts:3',
    'config DISABLE_GOOGLE_SIGNUP type=boolean @shared src/uses.ts:3',
    'config ENCRYPTION_KEY read=required @shared src/uses.ts:8',
    'config MAIL_HOST default=localhost @shared src/uses.ts:6',
    'config MAIL_HOST read=defaulted @shared src/uses.ts:6',
    'config MAIL_PORT default=25 @shared src/uses.ts:7',
    'config MAIL_PORT read=defaulted @shared src/uses.ts:7',
    'config MAIL_PORT type=number @shared src/uses.ts:7',
    'config NEXT_PUBLIC_URL exposure=browser @shared src/uses.ts:10',
    'config NEXT_PUBLIC_URL fixed-at=build @shared src/uses.ts:10',
    'config NEXT_PUBLIC_URL read=required @shared src/uses.ts:10',
    'config NODE_ENV branch==== production @shared src/cookie.ts:4',
    'config NODE_ENV branch=not (=== production) @shared src/cookie.ts:6',
    'config NODE_ENV branch==== production @shared src/mode.ts:3',
    'config NODE_ENV read=optional @shared src/cookie.ts:4',
    'config NODE_ENV read=optional @shared src/mode.ts:3',
    'config NODE_ENV taken=production @shared [6] src/cookie.ts:7',
    'config REPORT_BUCKET default=reports @shared src/uses-service.ts:8',
    'config REPORT_BUCKET read=defaulted @shared src/uses-service.ts:8',
    'config TARGET_URL read=required @shared src/load.js:1',
    'config mail.host default=localhost @shared src/nest.ts:6',
    'config mail.host read=defaulted @shared src/nest.ts:6',
    'config no_proxy read=optional @shared src/schema.ts:13',
    'identity csrf arm=production @shared src/cookie.ts:7',
    'identity session arm=production @shared src/cookie.ts:4',
    'identity session arm=production @shared src/cookie.ts:7',
  ]);
});

test('settings that Ruby declares, members of objects that hold them, and views', () => {
  expect(of(/^(?:lib\/[\w_]+\.rb|app\/views\/\S+):/)).toEqual([
    'config ANALYTICS_ENABLED on-unless=false @shared app/views/show.html.erb:3',
    'config ANALYTICS_ENABLED read=optional @shared app/views/show.html.erb:3',
    'config ANALYTICS_URL default=https://stats.example.org @shared app/views/show.html.erb:4',
    'config ANALYTICS_URL read=defaulted @shared app/views/show.html.erb:4',
    'config BANNER read=optional @shared app/views/show.html.haml:3',
    'config BANNER_TEXT read=required @shared app/views/show.html.haml:4',
    'config DATABASE_URL read=required @shared lib/hanami_settings.rb:2',
    'config LOG_JSON default=false @shared lib/hanami_settings.rb:3',
    'config LOG_JSON read=defaulted @shared lib/hanami_settings.rb:3',
    'config PAYMENT_API_KEY read=required @shared lib/payment_config.rb:2',
    'config PAYMENT_RETRIES read=optional @shared lib/payment_config.rb:3',
    'config PAYMENT_TIMEOUT default=30 @shared lib/payment_config.rb:2',
    'config PAYMENT_TIMEOUT read=defaulted @shared lib/payment_config.rb:2',
    'config config.x.billing.plan read=optional @shared lib/uses_settings.rb:4',
    'config exports.* read=optional @shared lib/uses_settings.rb:8',
    'config settings.search.index read=optional @shared lib/uses_settings.rb:4',
    'config smtp_host read=required @shared lib/shop_config.rb:8',
    'config smtp_host read=optional @shared lib/uses_settings.rb:4',
    'config smtp_port default=25 @shared lib/shop_config.rb:9',
    'config smtp_port read=defaulted @shared lib/shop_config.rb:9',
    'config smtp_port type=number @shared lib/shop_config.rb:9',
    'config smtp_user read=optional @shared lib/shop_config.rb:11',
    'config theme.color default=blue @shared lib/widget.rb:5',
    'config theme.color read=defaulted @shared lib/widget.rb:5',
  ]);
});

test("classes that sections and prefixes are bound to, their members' classes too", () => {
  expect(of(/^(?:dotnet|src\/main)\//)).toEqual([
    'config Mail:Host read=required @shared dotnet/MailOptions.cs:7',
    'config Mail:Port default=25 @shared dotnet/MailOptions.cs:8',
    'config Mail:Port read=defaulted @shared dotnet/MailOptions.cs:8',
    'config Mail:Port type=number @shared dotnet/MailOptions.cs:8',
    'config Mail:ReplyTo read=optional @shared dotnet/MailOptions.cs:9',
    'config Mail:Retry:Enabled default=true @shared dotnet/MailOptions.cs:17',
    'config Mail:Retry:Enabled read=defaulted @shared dotnet/MailOptions.cs:17',
    'config Mail:Retry:Enabled type=boolean @shared dotnet/MailOptions.cs:17',
    'config Search:* read=optional @shared dotnet/Startup.cs:8',
    'config Search:Index read=optional @shared dotnet/Startup.cs:13',
    'config Search:Size default=10 @shared dotnet/Startup.cs:13',
    'config Search:Size read=defaulted @shared dotnet/Startup.cs:13',
    'config Search:Size type=number @shared dotnet/Startup.cs:13',
    'config mail.* read=optional @shared src/main/java/org/springframework/samples/MailProperties.java:3',
    'config mail.other default=x @shared src/main/java/org/springframework/samples/MailProperties.java:9',
    'config mail.other read=defaulted @shared src/main/java/org/springframework/samples/MailProperties.java:9',
    'config mail.port default=25 @shared src/main/java/org/springframework/samples/MailProperties.java:7',
    'config mail.port read=defaulted @shared src/main/java/org/springframework/samples/MailProperties.java:7',
    'config mail.port type=number @shared src/main/java/org/springframework/samples/MailProperties.java:7',
    'config mail.reply-to read=optional @shared src/main/java/org/springframework/samples/MailProperties.java:6',
    'config mail.retry.enabled read=optional @shared src/main/java/org/springframework/samples/MailProperties.java:18',
    'config mail.retry.enabled type=boolean @shared src/main/java/org/springframework/samples/MailProperties.java:18',
    'config search.* read=optional @shared src/main/kotlin/Search.kt:3',
    'config search.alias read=optional @shared src/main/kotlin/Search.kt:4',
    'config search.index-name read=required @shared src/main/kotlin/Search.kt:4',
    'config search.size default=10 @shared src/main/kotlin/Search.kt:4',
    'config search.size read=defaulted @shared src/main/kotlin/Search.kt:4',
    'config search.size type=number @shared src/main/kotlin/Search.kt:4',
  ]);
});

test('atoms that stand for variables where a function of the project looks them up', () => {
  expect(of(/^elixir\//)).toEqual([
    'config POOL_SIZE default=10 @shared elixir/lib/definitions.ex:7',
    'config POOL_SIZE read=required @shared elixir/config/runtime.exs:4',
    'config POOL_SIZE read=defaulted @shared elixir/lib/definitions.ex:7',
    'config REPO_URL read=required @shared elixir/config/runtime.exs:5',
  ]);
});

test('prefixes that a library is given, tables and classes of Python', () => {
  expect(of(/^(?:py|go)\//)).toEqual([
    'config PY_BUCKET default=files @shared py/uses.py:3',
    'config PY_BUCKET read=defaulted @shared py/uses.py:3',
    'config SHOP_* read=optional @shared py/app.py:6',
    'config SHOP_SETTINGS_FILE read=required @shared py/app.py:7',
    'config STORE_* read=optional @shared py/app.py:8',
    'config TABLE_KEY_A read=required @shared py/app.py:10',
    'config TABLE_KEY_B read=required @shared py/app.py:10',
    'config WORKER_* read=optional @shared go/main.go:10',
  ]);
});

test('nothing else: no comment, text, document, or class that nothing binds', () => {
  expect(facts.length).toBe(115);
  expect(
    facts.filter((fact) =>
      /COMMENT|IN_A_|DOCUMENTED|NOT_|CACHED|nbound|nothing|internal|in_a_|theme\.color read=required/i.test(fact),
    ),
  ).toEqual([]);
});

test('an object of all variables that another module hands out, and functions of the project that only convert', () => {
  expect(of(/^src\/(?:settings\/of-variables|utils\/variables)\.ts:/)).toEqual([
    'config UPLOAD_BUCKET read=required @shared src/settings/of-variables.ts:7',
    'config UPLOAD_LIMIT read=optional @shared src/settings/of-variables.ts:6',
    'config UPLOAD_STORE default=s3 @shared src/settings/of-variables.ts:5',
    'config UPLOAD_STORE read=defaulted @shared src/settings/of-variables.ts:5',
  ]);
});
