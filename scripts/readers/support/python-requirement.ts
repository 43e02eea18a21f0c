/** No requirement is longer, its markers included. */
const MAX_LENGTH = 2_000;

/** Takes a Python requirement apart (`celery[redis]>=5,<6; python_version < "3.13"`); `undefined` for options, paths and URLs alone. */
export function parseRequirement(text: string): { name: string; version: string } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const found =
    /^\s*([A-Za-z0-9][\w.-]*)\s{0,20}(?:\[[^\]]*\])?\s{0,20}(\(?\s{0,20}(?:===|==|~=|!=|>=|<=|>|<)[^;@]*)?\s*(?:$|;|@|--)/.exec(
      text,
    );
  const name = found?.[1];
  if (name === undefined) return undefined;
  const version = (found?.[2] ?? '')
    .replace(/\s--.*$/, '')
    .replace(/^\(|\)$/g, '')
    .trim();
  return { name, version };
}
