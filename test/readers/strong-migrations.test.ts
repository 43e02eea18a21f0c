import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the version that migrations are held to; whole numbers are PostgreSQL’s', () => {
  expect(factsOf('readers/strong-migrations', 'strong-migrations')).toEqual([
    'services mysql target=8.0.12 @shared config/initializers/strong_migrations.rb:4',
    'services postgresql target=13 @shared config/initializers/strong_migrations.rb:3',
  ]);
});
