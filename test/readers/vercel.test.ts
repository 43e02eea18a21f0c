import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables, secrets, schedules, functions and headers; only rewrites to other hosts', () => {
  expect(factsOf('readers/vercel', 'vercel')).toEqual([
    'config API_URL value=https://api.example.com @shared vercel.json:2',
    'config DB_PASSWORD secret-reference=@db-password @shared vercel.json:2',
    'config NEXT_TELEMETRY_DISABLED value=1 @shared [build] vercel.json:3',
    'edge /ingest/:path* rewrite=https://eu.posthog.com/:path* @shared [/ingest/:path*] vercel.json:9',
    'edge x-frame-options header=DENY @shared [/(.*)] vercel.json:7',
    'operations /api/cron schedule=0 5 * * * @shared [/api/cron] vercel.json:5',
    'operations api/*.js memory=1024 @shared [api/*.js] vercel.json:6',
    'operations api/*.js timeout=30 @shared [api/*.js] vercel.json:6',
    'operations app region=fra1 @shared [app] vercel.json:4',
    'runtime node version=20 @shared [api/*.js] vercel.json:6',
  ]);
});
