import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables of each deploy context, the versions among them, headers and proxied paths', () => {
  expect(factsOf('readers/netlify', 'netlify')).toEqual([
    'config API_URL value=http://localhost:3000 @local netlify.toml:14',
    'config API_URL value=https://api.example.com @production netlify.toml:8',
    'config API_URL value=https://staging.example.com @shared netlify.toml:5',
    'config NODE_VERSION value=20 @shared netlify.toml:4',
    'edge /api/* rewrite=https://api.example.com/:splat @shared [/api/*] netlify.toml:23',
    "edge content-security-policy header=default-src 'self' @shared [/*] netlify.toml:19",
    'operations build process=npm run build:preview @deploy-preview [build] netlify.toml:11',
    'operations build process=npm run build @shared [build] netlify.toml:2',
    'runtime node version=20 @shared netlify.toml:4',
  ]);
});
