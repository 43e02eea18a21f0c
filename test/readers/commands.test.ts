import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

/** What commands do to data, keep running, install and write, in every format that runs them; and settings of their neighbours. */
const ABOUT =
  /^(?:data (?:migrations|seed|schema) |operations (?:scheduler|server|worker) )|=latest|asdf|pnpm|platform|generated|certificate|insecure|client_tls|max_connections|journal|sent-to|sentry|SHOP_TOKEN|NODE_ENV|ignoreHTTPS/;

test('commands that migrate, seed, work and serve, wherever they are run; words that are only printed or looked at are none', () => {
  expect(factsOf('readers/commands').filter((line) => ABOUT.test(line))).toEqual([
    'config NODE_ENV value=test @test app/playwright.config.ts:7',
    'config SESSION_SECRET sent-to-browser=publicRuntimeConfig @shared app/next.config.js:6',
    'config SHOP_TOKEN value=null @shared [image] image/Dockerfile:6',
    'config SUPPORT_MAIL sent-to-browser=publicRuntimeConfig @shared app/next.config.js:5',
    'config db-password generated=randAlphaNum 24 @shared chart/templates/secret.yaml:8',
    'config platform value=posix @ci [lint] .github/workflows/ci.yml:23',
    'config playwright.config.use.ignoreHTTPSErrors value=true @test app/playwright.config.ts:4',
    'config sessionKey generated=randAlphaNum 32 @shared chart/templates/secret.yaml:1',
    'data migrations runs=prisma migrate reset --force @ci [test] .github/workflows/ci.yml:12',
    'data migrations runs=run-command main update-db @shared bin/entry:9',
    'data seed runs=prisma db seed @ci [seed] .depot/workflows/job_pr.yaml:7',
    'data seed runs=bundle exec rake db:seed @ci [test] .github/workflows/ci.yml:16',
    'data sqlite data-statement=PRAGMA journal_mode = WAL @shared bin/entry:10',
    'edge shop certificate=null @shared [shop] k8s/all.yaml:10',
    'edge shop insecure-traffic=Redirect @shared [shop] k8s/all.yaml:9',
    'operations scheduler runs=celery -A shop worker -l INFO --beat -Q default @shared bin/entry:5',
    'operations server runs=gunicorn shop.wsgi @shared bin/entry:11',
    'operations worker runs=celery -A shop worker -l INFO --beat -Q default @shared bin/entry:5',
    'providers sentry.sends-personal-data setting=true @shared app/sentry.server.config.js:2',
    'providers sentry.traces-sample-rate setting=0.05 @shared app/sentry.server.config.js:2',
    'runtime asdf version=v0.14.0 @shared [image] image/Dockerfile:3',
    'runtime pip version=latest @shared [image] image/Dockerfile:2',
    'runtime pnpm version=9.1.0 @shared [image] image/Dockerfile:2',
    'runtime test platform=linux/arm64 @ci [test] .github/workflows/ci.yml:9',
    'runtime test platform=linux/amd64,linux/arm64 @ci [test] .github/workflows/ci.yml:19',
    'services pgbouncer client_tls_sslmode=disable @shared [shop-db] k8s/all.yaml:30',
    'services postgresql max_connections=200 @shared [shop-db] k8s/all.yaml:25',
    'services sqlite journal-mode=WAL @shared bin/entry:10',
  ]);
});
