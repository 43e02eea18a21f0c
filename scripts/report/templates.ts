import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of `templates/` that make the report. */
export interface ReportTemplates {
  page: string;
  style: string;
  script: string;
}

/** Reads them from the folder of templates. */
export function readReportTemplates(folder: string): ReportTemplates {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { page: read('report.html.mustache'), style: read('report.css'), script: read('report.js') };
}
