import type { Fact } from '../model.ts';

/** Scripts, tools and seeds that people start by hand: what they ask for, no running application misses. */
export function isOfTool({ evidence, reader }: Fact): boolean {
  if (TOOLS.test(evidence.path)) return true;
  return (reader === 'shell' || COMMANDS.test(evidence.path)) && !STARTS.test(evidence.path);
}

/** Scripts that start what an image runs. */
const STARTS = /(?:^|\/)[^/]*(?:entry|start|run|serve|init|boot|www)[^/]*$/i;
/** Commands beside the program: one that starts it is called so. */
const COMMANDS = /(?:^|\/)bin\/[^/]+$/;

const TOOLS =
  /(?:^|\/)(?:scripts?|tools?|bench(?:es|marks?)?|hack|perf|loadtests?|k6|lib\/tasks|migrations|seed(?:s|er|ers|ing)?)\/|(?:^|\/)[\w.-]*\bseed[\w.-]*\.[a-z]+$/;
