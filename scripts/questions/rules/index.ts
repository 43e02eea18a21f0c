import type { QuestionRule } from '../question-rule.ts';
import { placement } from './placement.ts';
import { productionVersion } from './production-version.ts';
import { restrictionNotMirrored } from './restriction-not-mirrored.ts';

/** Every kind of question, the most important first. */
export const questionRules: readonly QuestionRule[] = [restrictionNotMirrored, productionVersion, placement];
