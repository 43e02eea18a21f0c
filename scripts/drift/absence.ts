import type { Fact } from '../model.ts';

/** Readers whose reads are checked where they are declared: a schema, a data source. */
const CHECKED = new Set(['prisma']);
/** Words of a function that stops the program where there is nothing. */
const STOPS = /(?:require|must|expect|ensure|assert|fetch|demand|need|strict|orFail|orThrow)\w*\W{1,3}$/i;

/**
 * Whether a read that nothing stands in for only hands on what it finds (`URL = os.getenv("URL")`, `os.environ.get("URL")`): an absent key is then nothing
 * at first, and may do no harm. `os.environ["URL"]`, `ENV.fetch("URL")`, `process.env.URL!` and `z.string()` are no such reads.
 */
export function isHandedOn({ value, subject, reader, evidence }: Fact): boolean {
  if (value !== 'required' || CHECKED.has(reader)) return false;
  const { excerpt } = evidence;
  for (let at = excerpt.indexOf(subject); at !== -1; at = excerpt.indexOf(subject, at + 1)) {
    const before = excerpt.slice(Math.max(0, at - 40), at);
    const after = excerpt.slice(at + subject.length, at + subject.length + 8);
    if (
      /(?:env|environ\.get|env\.get_?\w{0,12}|EnvironmentVariable|secret|configuration)["']?\W{1,3}$/i.test(before) &&
      !/!\W{1,2}$/.test(before) &&
      !STOPS.test(before)
    )
      return /^["']?[)\]]*\s*(?:$|[,;)}`:]|%>|as\b|\/\/|#)/.test(after);
  }
  return false;
}
