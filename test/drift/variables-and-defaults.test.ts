import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('what a file of values gives to a variable stands for its default, and where it gives nothing the default stands', () => {
  expect(driftOf('drift/variables-and-defaults')).toEqual([
    'medium value-differs:var.deploy_cache:review: var.deploy_cache is true in production and false in review',
    'medium value-differs:var.enable_analytics_auth:review+staging: var.enable_analytics_auth is true in production and false in review and staging',
    'medium value-differs:var.enable_mail:review: var.enable_mail is true in production and false in review',
    'medium value-differs:var.high_availability_database:review+staging: var.high_availability_database is true in production and false in review and staging',
  ]);
});
