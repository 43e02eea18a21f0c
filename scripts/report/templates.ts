import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of `templates/` that make the report. */
export interface ReportTemplates {
  page: string;
  style: string;
  script: string;
}

/** Reads them from the skill's own folder. */
export function readReportTemplates(): ReportTemplates {
  const folder = join(import.meta.dirname, '..', '..', 'templates');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { page: read('report.html.mustache'), style: read('report.css'), script: read('report.js') };
}
