import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

const environments = (folder: string) =>
  new Set(factsOf(`compose-environments/${folder}`, 'compose').map((each) => / @([\w-]+)/.exec(each)?.[1]));

test('a file that keeps the published program up is production’s; one that mounts the source, or starts tools, is a developer’s', () => {
  expect([...environments('selfhost')]).toEqual(['production']);
  expect([...environments('developer')]).toEqual(['local']);
  expect([...environments('tools')]).toEqual(['local']);
});

test('Sail’s folder of a PHP version', () => {
  expect(factsOf('compose-environments/sail', 'compose').filter((each) => each.startsWith('runtime'))).toEqual([
    'runtime php version=8.4 @local [app] docker-compose.yml:4',
  ]);
});
