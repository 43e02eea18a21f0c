import { expect, test } from 'vitest';
import { platformOf } from '../../scripts/services/platform-keys.ts';

test.each([
  ['NODE_ENV', 'node'],
  ['PORT', 'web-host'],
  ['VERCEL_URL', 'vercel'],
  ['GITHUB_SHA', 'github-actions'],
  ['FLY_REGION', 'fly'],
  ['PROD', 'vite'],
])('%s is set by %s', (key, platform) => {
  expect(platformOf(key)).toBe(platform);
});

test.each([
  'DATABASE_URL',
  'GITHUB_CLIENT_ID',
  'GITHUB_TOKEN',
  'AWS_REGION',
  'VERCEL_',
  'NODE_ENVIRONMENT',
  'toString',
])('%s is the application’s own', (key) => {
  expect(platformOf(key)).toBeUndefined();
});
