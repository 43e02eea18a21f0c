import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('how many sessions are recorded is told of the tracking, and not of signing in', () => {
  const told = driftOf('drift/sample-rates').filter((line) => line.includes('env-name-branch'));
  expect(told).toEqual([
    'low env-name-branch:NODE_ENV logging: NODE_ENV (!== development) decides on logging in src/monitor.js: Sentry.init({ dsn: process.env.SENTRY_DSN, replaysSessionSampleRate: 0.1 });',
  ]);
});
