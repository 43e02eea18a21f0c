import type { Rule } from '../rule.ts';
import { defaultSecretReachable } from './default-secret-reachable.ts';
import { envNameBranch } from './env-name-branch.ts';
import { implementationDiffers } from './implementation-differs.ts';
import { keyMissingIn } from './key-missing-in.ts';
import { keyStale } from './key-stale.ts';
import { keyUndeclared } from './key-undeclared.ts';
import { permissiveOutsideProduction } from './permissive-outside-production.ts';
import { processOnlyIn } from './process-only-in.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';
import { serviceOnlyIn } from './service-only-in.ts';
import { unpinnedVersion } from './unpinned-version.ts';
import { valueDiffers } from './value-differs.ts';
import { versionMismatch } from './version-mismatch.ts';

/** Every rule, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const rules: readonly Rule[] = [
  defaultSecretReachable,
  envNameBranch,
  implementationDiffers,
  keyMissingIn,
  keyStale,
  keyUndeclared,
  permissiveOutsideProduction,
  processOnlyIn,
  restrictionNotMirrored,
  serviceOnlyIn,
  unpinnedVersion,
  valueDiffers,
  versionMismatch,
];
