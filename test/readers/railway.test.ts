import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('build and deployment, with an environment’s own section and a folder’s own service', () => {
  expect(factsOf('readers/railway', 'railway')).toEqual([
    'operations app builder=nixpacks @shared [app] railway.toml:2',
    'operations app healthcheck=/health @shared [app] railway.toml:8',
    'operations app process=npm start @shared [app] railway.toml:6',
    'operations app replicas=2 @shared [app] railway.toml:9',
    'operations app replicas=1 @staging [app] railway.toml:13',
    'operations app restart=ON_FAILURE @shared [app] railway.toml:10',
    'operations build process=npm run build @shared [build] railway.toml:3',
    'operations jobs process=node job.js @shared [jobs] jobs/railway.json:1',
    'operations jobs schedule=0 3 * * * @shared [jobs] jobs/railway.json:1',
    'operations release process=npm run migrate @shared [release] railway.toml:7',
  ]);
});
