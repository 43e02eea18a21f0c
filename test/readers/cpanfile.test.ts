import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('Perl, drivers and tools with their versions; what is commented out says nothing', () => {
  expect(factsOf('readers/cpanfile', 'cpanfile')).toEqual([
    'runtime perl version=5.036 @shared cpanfile:1',
    'runtime sqitch version=1.3.1 @shared cpanfile:3',
    'services postgresql client=DBD::Pg@== 3.16.0 @shared cpanfile:2',
  ]);
});
