import builder from '../../package.json' with { type: 'json' };
import type { Finding, Meta } from '../validation/check.ts';
import { lintChecks, validateChecks } from '../validation/index.ts';
import type { ReportedFinding, Tool } from './report-findings.ts';

/** What a validation found, for the formats; `folder` is the skill's, as its paths are to be told. */
export function reported(findings: readonly Finding[], folder: string): ReportedFinding[] {
  return findings.map(({ code, path, line, message, mend }) => ({
    ...{ code, level: 'error', line, message, mend, related: [] },
    path: folder === '' ? path : `${folder}/${path}`,
    // Numbers are lines and counts more often than anything else.
    key: `${path} ${message.replace(/\d+/g, '0')}`,
  }));
}

const metas: readonly Meta[] = [...validateChecks, ...lintChecks].map((each) => each.meta);

export const VALIDATION: Tool = {
  name: builder.name,
  version: builder.version,
  rules: Object.fromEntries(metas.map(({ code, what, mend }) => [code, { level: 'error', what, mend }])),
};
