import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('variables, versions that the build switches to, commands and headers, of CodeBuild too', () => {
  expect(factsOf('readers/amplify', 'amplify')).toEqual([
    'config API_URL value=https://api.example.com @shared [build] amplify.yml:4',
    'config NODE_ENV value=production @shared [build] amplify.yml:15',
    'config RELEASE build-arg=1 @shared [build] buildspec.yml:8',
    'config STAGE value=live @shared [build] amplify.yml:14',
    'edge x-frame-options header=DENY @shared [**] amplify.yml:20',
    'runtime node version=18 @shared [build] amplify.yml:9',
    'runtime python version=3.10 @shared [build] buildspec.yml:5',
  ]);
});
