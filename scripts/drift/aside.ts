import type { Fact } from '../model.ts';

const ASIDE =
  /(?:^|[^a-z])(?:docs?|documentation|publish|release|pages|coverage|codeql|dependabot|storybook|backup|restore|rollback)(?:[^a-z]|$)/i;

/** Whether a fact is of a CI job that makes something beside what is deployed: documentation, a package, a report, a copy of the data. Its name tells, or its file's. */
export function isOfAsideJob(fact: Fact): boolean {
  const file = fact.evidence.path.split('/').at(-1) ?? '';
  return ASIDE.test(`${file} ${fact.unit ?? ''}`);
}

const STAND_IN = /(?:^|\/)(?:mocks?|stubs?|fakes?)(?:[-_][\w.-]*)?\//i;

/** Whether a fact is of an image that stands in for somebody else's service: what it runs on is no matter of the application's. */
export function isOfStandIn({ reader, evidence }: Fact): boolean {
  return reader === 'dockerfile' && STAND_IN.test(evidence.path);
}
