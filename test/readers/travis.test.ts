import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('versions, services and variables of a job and of all; what is encrypted or no service says nothing', () => {
  expect(factsOf('readers/travis', 'travis')).toEqual([
    'config DB value=postgres @ci .travis.yml:18',
    'config FEATURE value=two words @ci .travis.yml:15',
    'config LOG_LEVEL value=debug @ci .travis.yml:15',
    'config NODE_ENV value=production @production [deploy production] .travis.yml:22',
    'runtime node version=20 @ci .travis.yml:6',
    'runtime python version=3.10 @ci .travis.yml:4',
    'runtime python version=3.11 @ci .travis.yml:5',
    'runtime runner-os image=jammy @ci .travis.yml:2',
    'services postgresql version=null @ci .travis.yml:8',
    'services postgresql version=14 @ci .travis.yml:11',
  ]);
});
