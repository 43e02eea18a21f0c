import type { QuestionRule } from '../question-rule.ts';
import { addressesMeant } from './addresses-meant.ts';
import { countedInProcess } from './counted-in-process.ts';
import { missingInProduction } from './missing-in-production.ts';
import { placement } from './placement.ts';
import { productionDisagrees } from './production-disagrees.ts';
import { productionFlags } from './production-flags.ts';
import { productionName } from './production-name.ts';
import { productionSwitches } from './production-switches.ts';
import { productionTruth } from './production-truth.ts';
import { productionVersion } from './production-version.ts';
import { providerCredentials } from './provider-credentials.ts';
import { restrictionContent } from './restriction-content.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';
import { secretContents } from './secret-contents.ts';
import { securityHeader } from './security-header.ts';
import { suspendedJobs } from './suspended-jobs.ts';

/** Every kind of question, the most important first. */
export const questionRules: readonly QuestionRule[] = [
  productionTruth,
  productionName,
  restrictionNotMirrored,
  restrictionContent,
  missingInProduction,
  productionDisagrees,
  productionVersion,
  providerCredentials,
  secretContents,
  addressesMeant,
  productionSwitches,
  securityHeader,
  countedInProcess,
  suspendedJobs,
  productionFlags,
  placement,
];
