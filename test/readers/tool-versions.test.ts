import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('every version of a line counts, aliases meet the vocabulary, and what the machine has is not told', () => {
  expect(factsOf('readers/tool-versions', 'tool-versions')).toEqual([
    'runtime go version=null @local .tool-versions:5',
    'runtime node version=20.14.0 @local .tool-versions:2',
    'runtime python version=2.7.18 @local .tool-versions:3',
    'runtime python version=3.10 @local .tool-versions:3',
    'runtime yarn version=1.22.22 @local .tool-versions:6',
    'services postgresql version=16.0 @local .tool-versions:4',
  ]);
});
