/** The place of a line, as people write it: `src/config.ts:12`. */
export function placeOf({ path, line }: { path: string; line: number }): string {
  return `${path}:${line}`;
}
