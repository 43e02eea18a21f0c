import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('a word that is an environment in one kind of file is one in the names of the others; a word that is none anywhere stays one', () => {
  const values = factsOf('sibling-words', 'helm-values').filter((fact) => /^config [A-Z_]+ value=/.test(fact));
  expect(values).toEqual([
    'config CLEANUP_ENABLED value=false @aat charts/shop/values.aat.template.yaml:3',
    'config CLEANUP_ENABLED value=true @shared charts/shop/values.yaml:3',
    'config EXPORT_ENABLED value=false @shared charts/shop/values.blue.template.yaml:3',
    'config EXPORT_ENABLED value=true @shared charts/shop/values.yaml:4',
  ]);
});
