import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('version files name one runtime, past comments, with the text as written', () => {
  expect(factsOf('readers/version-file', 'version-file')).toEqual([
    'runtime node version=v22.18.0 @local .nvmrc:3',
    'runtime python version=3.10 @local .python-version:1',
    'runtime ruby version=3.3.1 @local api/.ruby-version:1',
    'runtime terraform version=1.7.5 @local .terraform-version:1',
  ]);
});
