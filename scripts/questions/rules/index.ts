import type { QuestionRule } from '../question-rule.ts';
import { placement } from './placement.ts';
import { productionFlags } from './production-flags.ts';
import { productionVersion } from './production-version.ts';
import { providerCredentials } from './provider-credentials.ts';
import { restrictionContent } from './restriction-content.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';
import { securityHeader } from './security-header.ts';

/** Every kind of question, the most important first. */
export const questionRules: readonly QuestionRule[] = [
  restrictionNotMirrored,
  restrictionContent,
  productionVersion,
  providerCredentials,
  securityHeader,
  productionFlags,
  placement,
];
