import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables and bindings of each environment; the top is a developer’s where production has a section, and everybody’s where nothing has', () => {
  expect(factsOf('readers/wrangler', 'wrangler')).toEqual([
    'config API_URL value=http://localhost:8787 @local [shop] wrangler.toml:6',
    'config API_URL value=https://api.example.com @production [shop] wrangler.toml:15',
    'config API_URL value=https://staging.example.com @staging [shop] wrangler.toml:23',
    'config LIMITS.rate value=5 @shared [jobs] jobs/wrangler.jsonc:5',
    'edge shop host=shop.example.com/* @production [shop] wrangler.toml:13',
    'operations shop schedule=0 * * * * @production [shop] wrangler.toml:17',
    'runtime cloudflare-workers version=2025-01-01 @shared [cloudflare-workers] jobs/wrangler.jsonc:4',
    'runtime cloudflare-workers version=2024-09-01 @shared [cloudflare-workers] wrangler.toml:3',
    'services cloudflare-d1 binding=DB @shared [jobs] jobs/wrangler.jsonc:6',
    'services cloudflare-kv binding=SESSIONS @local [shop] wrangler.toml:9',
    'services cloudflare-kv binding=SESSIONS @production [shop] wrangler.toml:19',
    'services cloudflare-queues binding=mail @shared [jobs] jobs/wrangler.jsonc:7',
  ]);
});
