import { setFlagsFromString } from 'node:v8';

/** How much of a function runs before V8 thinks of optimising it, in bytes of its code: some twenty times what it takes by itself. */
const BUDGET = 1_500_000;
/** The last release of Node whose V8 is known to have the setting; it complains on stderr of what it does not know. */
const LAST_KNOWN = 20;

/**
 * Tells V8 that this process is done in seconds. It goes through much code a few times each; optimising it all would take a third of the
 * processor time of a run. What really runs hot, the pass over the bytes of all files, is optimised all the same.
 */
export function expectShortRun(): void {
  if (Number(process.versions.node.split('.')[0]) <= LAST_KNOWN) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
