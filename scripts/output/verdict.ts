import { EXIT } from '../command.ts';
import type { Finding } from '../validation/check.ts';

/** Tells how many findings there are, on stderr, and the exit code that follows. */
export function verdict({ length }: readonly Finding[]): number {
  process.stderr.write(length === 0 ? 'no findings\n' : `${length} ${length === 1 ? 'finding' : 'findings'}\n`);
  return length > 0 ? EXIT.findings : EXIT.done;
}
