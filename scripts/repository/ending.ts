/** How a path ends, as `Reader.endings` tells it: its name from the last dot, in small letters; `''` for a name without one. */
export function endingOf(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(dot).toLowerCase() : '';
}
