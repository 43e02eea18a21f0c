import type { ReportedFinding, Tool } from '../report-findings.ts';
import { asAnnotations } from './github.ts';
import { asCodeQuality } from './gitlab.ts';
import { asJson } from './json.ts';
import { asMarkdown } from './markdown.ts';
import { asSarif } from './sarif.ts';
import { asText } from './text.ts';

/** How findings are written. */
export type Format = (findings: readonly ReportedFinding[], tool: Tool) => string;

/** The formats of findings, by the name that `--format` takes. */
export const FORMATS = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asAnnotations,
  gitlab: asCodeQuality,
  markdown: asMarkdown,
} as const satisfies { [name: string]: Format };

export type FormatName = keyof typeof FORMATS;
