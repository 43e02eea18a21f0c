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
