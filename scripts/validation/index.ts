import { check as catalogSentence } from './catalog-sentence.ts';
import type { Check, Guidance, Target } from './check.ts';
import { check as citation } from './citation.ts';
import { check as command } from './command.ts';
import { check as decision } from './decision.ts';
import { check as description } from './description.ts';
import { check as emptySection } from './empty-section.ts';
import { check as environment } from './environment.ts';
import { check as evidence } from './evidence.ts';
import { check as frontmatter } from './frontmatter.ts';
import { check as frontmatterKeys } from './frontmatter-keys.ts';
import { check as gap } from './gap.ts';
import { check as genericAdvice } from './generic-advice.ts';
import { check as guard } from './guard.ts';
import { check as inStep } from './in-step.ts';
import { check as intent } from './intent.ts';
import { check as layout } from './layout.ts';
import { check as length } from './length.ts';
import { check as link } from './link.ts';
import { check as map } from './map.ts';
import { check as name } from './name.ts';
import { check as notApplicable } from './not-applicable.ts';
import { check as placeholder } from './placeholder.ts';
import { check as placement } from './placement.ts';
import { check as register } from './register.ts';
import { check as secret } from './secret.ts';
import { check as sections } from './sections.ts';
import { check as surface } from './surface.ts';

/** What `lint` looks for: generic leftovers, told by the skill alone. */
export const lintChecks: readonly Check<Guidance>[] = [
  secret,
  gap,
  placeholder,
  catalogSentence,
  evidence,
  emptySection,
  notApplicable,
  genericAdvice,
];

/** What `validate` looks for beside it, in the skill and the repository that it speaks of. */
export const validateChecks: readonly Check<Target>[] = [
  frontmatter,
  frontmatterKeys,
  name,
  description,
  length,
  sections,
  layout,
  placement,
  link,
  map,
  citation,
  environment,
  surface,
  register,
  intent,
  guard,
  decision,
  inStep,
  command,
];
