import type { Rule } from '../rule.ts';
import { accessDiffers } from './access-differs.ts';
import { authBypass } from './auth-bypass.ts';
import { buildDiffers } from './build-differs.ts';
import { dataDiffers } from './data-differs.ts';
import { databaseSuperuser } from './database-superuser.ts';
import { defaultDiffers } from './default-differs.ts';
import { defaultReachesElsewhere } from './default-reaches-elsewhere.ts';
import { defaultSecretReachable } from './default-secret-reachable.ts';
import { dependencyLeftOut } from './dependency-left-out.ts';
import { docsContradict } from './docs-contradict.ts';
import { edgeOnlyIn } from './edge-only-in.ts';
import { encryptionDiffers } from './encryption-differs.ts';
import { envNameBranch } from './env-name-branch.ts';
import { environmentNamedApart } from './environment-named-apart.ts';
import { failsOpen } from './fails-open.ts';
import { flagDefaultDiffers } from './flag-default-differs.ts';
import { guardIncomplete } from './guard-incomplete.ts';
import { implementationDiffers } from './implementation-differs.ts';
import { keyMissingIn } from './key-missing-in.ts';
import { keyMissingInUnit } from './key-missing-in-unit.ts';
import { keyStale } from './key-stale.ts';
import { keyUndeclared } from './key-undeclared.ts';
import { limitWider } from './limit-wider.ts';
import { lockfileIgnored } from './lockfile-ignored.ts';
import { otherSystem } from './other-system.ts';
import { packageDiffers } from './package-differs.ts';
import { partsDiffer } from './parts-differ.ts';
import { permissiveOutsideProduction } from './permissive-outside-production.ts';
import { probeMissing } from './probe-missing.ts';
import { processOnlyIn } from './process-only-in.ts';
import { productionNotRendered } from './production-not-rendered.ts';
import { productionReached } from './production-reached.ts';
import { providerOptional } from './provider-optional.ts';
import { queuesDiffer } from './queues-differ.ts';
import { referenceBroken } from './reference-broken.ts';
import { resourceDiffers } from './resource-differs.ts';
import { resourceOnlyIn } from './resource-only-in.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';
import { secretMadeAtStart } from './secret-made-at-start.ts';
import { secretUnset } from './secret-unset.ts';
import { serverDiffers } from './server-differs.ts';
import { serviceOnlyIn } from './service-only-in.ts';
import { settingDiffers } from './setting-differs.ts';
import { settingPinned } from './setting-pinned.ts';
import { statePerProcess } from './state-per-process.ts';
import { switchUnset } from './switch-unset.ts';
import { switchUntold } from './switch-untold.ts';
import { testOverridesProduction } from './test-overrides-production.ts';
import { unpinnedVersion } from './unpinned-version.ts';
import { valueDiffers } from './value-differs.ts';
import { versionCoarse } from './version-coarse.ts';
import { versionMismatch } from './version-mismatch.ts';

/** Every rule, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const rules: readonly Rule[] = [
  accessDiffers,
  authBypass,
  buildDiffers,
  dataDiffers,
  databaseSuperuser,
  defaultDiffers,
  defaultReachesElsewhere,
  defaultSecretReachable,
  dependencyLeftOut,
  docsContradict,
  edgeOnlyIn,
  encryptionDiffers,
  envNameBranch,
  environmentNamedApart,
  failsOpen,
  flagDefaultDiffers,
  guardIncomplete,
  implementationDiffers,
  keyMissingIn,
  keyMissingInUnit,
  keyStale,
  keyUndeclared,
  limitWider,
  lockfileIgnored,
  otherSystem,
  packageDiffers,
  partsDiffer,
  permissiveOutsideProduction,
  probeMissing,
  processOnlyIn,
  productionNotRendered,
  productionReached,
  providerOptional,
  queuesDiffer,
  referenceBroken,
  resourceDiffers,
  resourceOnlyIn,
  restrictionNotMirrored,
  secretMadeAtStart,
  secretUnset,
  serverDiffers,
  serviceOnlyIn,
  settingDiffers,
  settingPinned,
  statePerProcess,
  switchUnset,
  switchUntold,
  testOverridesProduction,
  unpinnedVersion,
  valueDiffers,
  versionCoarse,
  versionMismatch,
];
