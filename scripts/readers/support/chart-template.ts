import type { SourceFile } from '../reader.ts';

/** Whether a path may be a template of a chart: below a `templates` folder, of a kind that charts hold. */
export function isChartTemplatePath(path: string): boolean {
  return /(?:^|\/)templates\/.+\.(?:ya?ml|tpl|txt)$/.test(path);
}

/** Whether a file is a template of a chart: the path allows it, and it takes what only charts have. */
export function isChartTemplate(file: SourceFile): boolean {
  if (!isChartTemplatePath(file.path) || !file.text.includes('{{')) return false;
  return /\{\{[^}]{0,200}(?:\.(?:Values|Release|Chart|Capabilities|Files)\b|\b(?:include|define|template|nindent|tpl) )/.test(
    file.text,
  );
}
