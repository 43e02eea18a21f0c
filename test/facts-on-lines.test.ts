import { expect, test } from 'vitest';
import { inspectRepository } from '../scripts/inspect-repository.ts';
import { factsOf, fixture } from './support/facts-of.ts';

const ATTRIBUTES =
  / (?:on-if|on-unless|allowed|chosen-value|inherits|pin|hook|schedule|runs|replicas|version)=| (?:session-store|openid|auth-scheme|seed\.password)\S* |PGHOST| host value=/;

test('what lines say beside values: switches, choices of arms, roles, pins, hooks, and where they hold', () => {
  expect(factsOf('facts-on-lines').filter((fact) => ATTRIBUTES.test(fact))).toMatchInlineSnapshot(`
    [
      "config ALLOW_INDEXING on-unless=false @shared app/server.ts:9",
      "config MOCKS on-if=true @shared app/server.ts:10",
      "config NODE_ENV allowed=development @shared app/server.ts:6",
      "config NODE_ENV allowed=production @shared app/server.ts:6",
      "config NODE_ENV allowed=test @shared app/server.ts:6",
      "config PGHOST value=localhost @test [deploy_test_db_migrations] Makefile:2",
      "config SIGNUP_DISABLED on-if=true @shared app/server.ts:11",
      "config config/environments inherits=config/environments/production.rb @staging config/environments/staging.rb:2",
      "config host chosen-value=login.shop.example @shared [production] app/server.ts:14",
      "config host chosen-value=login.test.shop.example @shared [not production] app/server.ts:15",
      "config host value=prod.shop.example @production chart/values-prod.yaml:1",
      "config host value=base.shop.example @shared chart/values-base.yaml:1",
      "config host value=staging.shop.example @staging chart/values-staging.yaml:1",
      "config host value=training.shop.example @training chart/values-training.yaml:1",
      "config sample chosen-value=0 @shared [not production] app/server.ts:22",
      "config sample chosen-value=1 @shared [production] app/server.ts:22",
      "data migrations runs=python manage.py migrate @shared [shop-migrate] chart/templates/migrate.yaml:13",
      "data migrations runs=./migrate @test [deploy_test_db_migrations] Makefile:2",
      "identity auth-scheme setting=Bearer @shared app/server.ts:24",
      "identity openid.client-id setting=shop-4311 @shared app/server.ts:18",
      "identity seed.password value=null @local prisma/seed.ts:2",
      "identity session-store.table setting=web_session @shared app/server.ts:17",
      "operations report schedule=@daily @shared dags/nightly.py:10",
      "operations restore_test schedule=None @shared dags/nightly.py:5",
      "operations shop replicas=1 @local [shop] dev/k8s/shop.yaml:6",
      "operations shop-migrate hook=pre-upgrade @shared [shop-migrate] chart/templates/migrate.yaml:6",
      "runtime fastapi pin=0.136.* @shared requirements.txt:1",
      "runtime node version=lts @shared [image] Dockerfile:1",
    ]
  `);
});

test('environments: a values file of the project’s own word is one; a developers’ folder, a topic and a target are none', () => {
  const { environments } = inspectRepository(fixture('facts-on-lines'));
  expect(environments.map((each) => `${each.name} ${each.class}`)).toMatchInlineSnapshot(`
    [
      "local local",
      "production production",
      "staging staging",
      "test test",
      "training staging",
    ]
  `);
});

test('what staging inherits is in force there: its forced TLS is no difference', () => {
  const { drift } = inspectRepository(fixture('facts-on-lines'));
  expect(drift.filter((each) => /force_ssl|forced-tls/.test(each.subject))).toEqual([]);
});
