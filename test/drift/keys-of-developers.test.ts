import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a preview that copies the developers’ file deploys nothing of it; what the entry script sets, production has', () => {
  expect(driftOf('drift/keys-of-developers')).toEqual([
    'medium key-missing-in:RELEASE_TOKEN:prod: RELEASE_TOKEN is set in preview and not in prod',
    'low key-missing-in:SUPPORT_CHANNEL:prod: SUPPORT_CHANNEL is set in dev and preview and not in prod',
  ]);
});
