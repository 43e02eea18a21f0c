import type { ConfigRead } from './config-reads.ts';
import type { ProgramText } from './source.ts';

/** `def self.name`, its body, and the `end` that stands below its `def`. */
const METHOD =
  /^([ \t]{0,40})def (?:self\.)?(\w{1,60}\??)(?:\(\))?[ \t]{0,4}\n((?:(?!\1end\b)[^\n]{0,300}\n){1,20}?)\1end\b/gm;

/**
 * The methods of a file of Ruby that answer the environment's name, with the key that it is read from: those that end with the
 * read itself, and those that end with such a method. `reads`: of keys that hold an environment's name.
 */
export function rubyHolders(program: ProgramText, reads: readonly ConfigRead[]): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  if (program.language !== 'ruby' || reads.length === 0) return holders;
  const methods = [...program.code.matchAll(METHOD)].map((match) => {
    const [whole, , name = '', body = ''] = match;
    const last = body.trimEnd().split('\n').at(-1) ?? '';
    const start = match.index + whole.lastIndexOf(body) + body.lastIndexOf(last);
    return { name, last: last.trim(), span: { start, end: start + last.length } };
  });
  for (const { name, last, span } of methods) {
    const read = reads.find((each) => each.span.start >= span.start && each.span.end <= span.end);
    if (read && /^(?:::)?ENV\b[^=!<>?|&]{0,120}(?:&?\.to_(?:s|sym))?$/.test(last)) holders.set(name, read.key);
  }
  for (const { name, last } of methods) {
    const key = /^(?:self\.)?\w{1,60}$/.test(last) ? holders.get(last.replace('self.', '')) : undefined;
    if (key !== undefined) holders.set(name, key);
  }
  return holders;
}
