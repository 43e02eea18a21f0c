import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('plain settings that matter, through wrappers and functions, by section; nothing computed, no comment or text', () => {
  expect(factsOf('readers/framework-config', 'framework-config')).toEqual([
    'config BUILD sent-to-browser=env @shared app/next.config.mjs:7',
    'config BUILD value=null @shared app/next.config.mjs:7',
    'config REGION sent-to-browser=env @shared app/next.config.mjs:7',
    'config REGION value=eu @shared app/next.config.mjs:7',
    'config apiBase sent-to-browser=runtimeConfig.public @shared app/nuxt.config.ts:3',
    'config drizzle.config.dialect value=postgresql @shared db/drizzle.config.ts:3',
    'config knexfile.client value=sqlite3 @development db/knexfile.js:2',
    'config knexfile.client value=pg @production db/knexfile.js:3',
    'config knexfile.connection.filename value=./dev.sqlite3 @development db/knexfile.js:2',
    'config knexfile.pool.max value=10 @production db/knexfile.js:3',
    'config knexfile.pool.min value=2 @production db/knexfile.js:3',
    'config next.config.env.REGION value=eu @shared app/next.config.mjs:7',
    'config next.config.headers.X-Frame-Options value=DENY @shared app/next.config.mjs:11',
    'config next.config.images.domains value=cdn.example.org @shared app/next.config.mjs:8',
    'config next.config.output value=standalone @shared app/next.config.mjs:5',
    'config next.config.poweredByHeader value=false @shared app/next.config.mjs:6',
    'config nuxt.config.routeRules./**.isr value=true @production app/nuxt.config.ts:4',
    'config nuxt.config.runtimeConfig.apiSecret value=null @shared app/nuxt.config.ts:3',
    'config nuxt.config.runtimeConfig.public.apiBase value=/api @shared app/nuxt.config.ts:3',
    'config nuxt.config.ssr value=true @shared app/nuxt.config.ts:2',
    'config vite.config.build.sourcemap value=true @shared app/vite.config.ts:8',
    'config vite.config.server.port value=3000 @shared app/vite.config.ts:9',
    'services postgresql engine=pg @production db/knexfile.js:3',
    'services postgresql engine=postgresql @shared db/drizzle.config.ts:3',
    'services sqlite engine=sqlite3 @development db/knexfile.js:2',
  ]);
});
