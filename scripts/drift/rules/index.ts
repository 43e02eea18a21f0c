import type { Rule } from '../rule.ts';
import { authBypass } from './auth-bypass.ts';
import { buildDiffers } from './build-differs.ts';
import { defaultSecretReachable } from './default-secret-reachable.ts';
import { envNameBranch } from './env-name-branch.ts';
import { failsOpen } from './fails-open.ts';
import { flagDefaultDiffers } from './flag-default-differs.ts';
import { implementationDiffers } from './implementation-differs.ts';
import { keyMissingIn } from './key-missing-in.ts';
import { keyMissingInUnit } from './key-missing-in-unit.ts';
import { keyStale } from './key-stale.ts';
import { keyUndeclared } from './key-undeclared.ts';
import { permissiveOutsideProduction } from './permissive-outside-production.ts';
import { processOnlyIn } from './process-only-in.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';
import { serviceOnlyIn } from './service-only-in.ts';
import { testOverridesProduction } from './test-overrides-production.ts';
import { unpinnedVersion } from './unpinned-version.ts';
import { valueDiffers } from './value-differs.ts';
import { versionMismatch } from './version-mismatch.ts';

/** Every rule, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const rules: readonly Rule[] = [
  authBypass,
  buildDiffers,
  defaultSecretReachable,
  envNameBranch,
  failsOpen,
  flagDefaultDiffers,
  implementationDiffers,
  keyMissingIn,
  keyMissingInUnit,
  keyStale,
  keyUndeclared,
  permissiveOutsideProduction,
  processOnlyIn,
  restrictionNotMirrored,
  serviceOnlyIn,
  testOverridesProduction,
  unpinnedVersion,
  valueDiffers,
  versionMismatch,
];
