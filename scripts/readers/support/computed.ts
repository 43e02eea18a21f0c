/** Whether part of a text is filled in by a template engine or a workflow: `${{ x }}`, `{{ x }}`, `<%= x %>`. */
export function isComputed(text: string): boolean {
  return /\{\{|<%/.test(text);
}

/** The chart value that a template expression takes, as its dotted path: `image.tag` of `{{ .Values.image.tag | quote }}`. */
export function valuesReference(text: string): string | undefined {
  if (!text.includes('{{')) return undefined;
  return /(?:^|[^\w.])\$?\.Values\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)/.exec(text)?.[1];
}
