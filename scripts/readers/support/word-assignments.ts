/** `KEY=value "OTHER=two words" X='y'`, with blanks or commas between, as units and process managers write variables. */
export function wordAssignments(text: string): { key: string; value: string }[] {
  const pattern =
    /(?:^|[\s,])(?:"([A-Za-z_]\w*)=([^"]*)"|'([A-Za-z_]\w*)=([^']*)'|([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^\s,"']*)))/g;
  return [...text.matchAll(pattern)].map((match) => ({
    key: match[1] ?? match[3] ?? match[5] ?? '',
    value: match[2] ?? match[4] ?? match[6] ?? match[7] ?? match[8] ?? '',
  }));
}
