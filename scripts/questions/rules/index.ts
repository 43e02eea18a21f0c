import type { QuestionRule } from '../question-rule.ts';
import { addressesMeant } from './addresses-meant.ts';
import { countedInProcess } from './counted-in-process.ts';
import { dataBackup } from './data-backup.ts';
import { dataByEnvironment } from './data-by-environment.ts';
import { deployGate } from './deploy-gate.ts';
import { deployedFromElsewhere } from './deployed-from-elsewhere.ts';
import { deployedOtherwise } from './deployed-otherwise.ts';
import { managedResources } from './managed-resources.ts';
import { missingInProduction } from './missing-in-production.ts';
import { outsideProductionDoors } from './outside-production-doors.ts';
import { pipelineVariables } from './pipeline-variables.ts';
import { placement } from './placement.ts';
import { productionDisagrees } from './production-disagrees.ts';
import { productionFlags } from './production-flags.ts';
import { productionName } from './production-name.ts';
import { productionProcesses } from './production-processes.ts';
import { productionSize } from './production-size.ts';
import { productionSwitches } from './production-switches.ts';
import { productionTruth } from './production-truth.ts';
import { productionVersion } from './production-version.ts';
import { providerCredentials } from './provider-credentials.ts';
import { restrictionContent } from './restriction-content.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';
import { secretContents } from './secret-contents.ts';
import { securityHeader } from './security-header.ts';
import { sentToBrowser } from './sent-to-browser.ts';
import { sharedWorkflows } from './shared-workflows.ts';
import { suspendedJobs } from './suspended-jobs.ts';
import { testDoors } from './test-doors.ts';
import { trustedProxies } from './trusted-proxies.ts';
import { unverifiedTls } from './unverified-tls.ts';

/** Every kind of question, the weightiest first. */
export const questionRules: readonly QuestionRule[] = [
  productionTruth,
  deployedFromElsewhere,
  productionName,
  restrictionNotMirrored,
  sentToBrowser,
  testDoors,
  restrictionContent,
  productionVersion,
  deployedOtherwise,
  deployGate,
  productionDisagrees,
  productionFlags,
  productionProcesses,
  addressesMeant,
  secretContents,
  outsideProductionDoors,
  providerCredentials,
  pipelineVariables,
  productionSwitches,
  missingInProduction,
  unverifiedTls,
  trustedProxies,
  managedResources,
  securityHeader,
  dataBackup,
  dataByEnvironment,
  sharedWorkflows,
  productionSize,
  suspendedJobs,
  countedInProcess,
  placement,
];
