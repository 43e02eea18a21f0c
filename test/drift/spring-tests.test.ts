import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

const drift = driftOf('drift/spring-tests');
const about = (key: string) => drift.filter((line) => line.includes(key));

test('migrations that the suite leaves out are told; what only makes room for doubles, and what a side suite sets, is little', () => {
  expect(drift.filter((line) => line.includes(':spring.'))).toEqual([
    "medium value-differs:spring.flyway.enabled:test: spring.flyway.enabled is false in test, and production runs with Spring's default, true",
    "low value-differs:spring.main.allow-bean-definition-overriding:test: spring.main.allow-bean-definition-overriding is true in test, and production runs with Spring's default, false",
    "low value-differs:spring.main.allow-circular-references:test: spring.main.allow-circular-references is true in test, and production runs with Spring's default, false",
  ]);
});

test('options behind an address that stands elsewhere may ask for TLS', () => {
  expect(about('DB_OPTIONS')).toEqual([
    'medium encryption-differs:DB_OPTIONS:preview: DB_OPTIONS: production speaks through TLS, and preview speaks in the clear',
  ]);
  expect(about('DB_FLAGS').filter((line) => line.includes('encryption-differs'))).toEqual([]);
});

test('a switch that nothing reads is little, however it is set', () => {
  expect(about('value-differs:ENABLE_')).toEqual([
    'medium value-differs:ENABLE_EXPORT:preview: ENABLE_EXPORT is false in production and true in preview',
    'low value-differs:ENABLE_OLD_DB_EXPORT:preview: ENABLE_OLD_DB_EXPORT is false in production and true in preview',
  ]);
});

test('a schedule in the application’s own files that a task goes by is no leftover', () => {
  expect(about('CRON_CLEANUP')).toEqual([
    'medium value-differs:CRON_CLEANUP:uat: CRON_CLEANUP is 0 0 6 * * * in production and 0 0 * * * * in uat',
  ]);
});

test('a variable that fills an entry of a list is known by the list’s name; a value that only repeats its key’s name is a placeholder', () => {
  expect(about('key-stale:SHOP_')).toEqual([
    'low key-stale:SHOP_REFUSED_HOSTS_0: SHOP_REFUSED_HOSTS_0 is set in the project and nothing reads it',
  ]);
  expect(about('shop.partner')).toEqual([
    'low value-differs:shop.partner.layout:uat: shop.partner.layout is layout in production and wide in uat',
  ]);
});

test('a key that preview’s values add to the chart’s, where production has none of its own here; one with a default runs with that', () => {
  expect(drift.filter((line) => line.includes('key-missing-in'))).toEqual([
    'low key-missing-in:MIGRATION_LOCK:preview: MIGRATION_LOCK is set in preview, and not in the chart’s own values',
  ]);
});

test('one text with other line breaks, and a placeholder, differ in nothing', () => {
  expect(about('MAIL_').filter((line) => line.includes('value-differs'))).toEqual([
    'medium value-differs:MAIL_SUBJECT:preview: MAIL_SUBJECT is Orders in production and Trial orders in preview',
  ]);
});
