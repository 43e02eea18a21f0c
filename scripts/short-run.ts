import { setFlagsFromString } from 'node:v8';

/** What V8 is told, and the last release of Node whose V8 is known to have the setting; it complains on stderr of what it does not know. */
const SETTINGS = [
  // How much of a function runs before V8 thinks of optimising it, in bytes of its code: some twenty times what it takes by itself.
  { flag: '--interrupt-budget=1500000', lastKnown: 20 },
  // Nearly each pattern is asked often: to interpret its first rounds takes longer than to compile it at once.
  { flag: '--no-regexp-tier-up', lastKnown: 24 },
];

/**
 * Tells V8 that this process is done in seconds. It goes through much code a few times each; optimising it all would take a third of the
 * processor time of a run. What really runs hot, the pass over the bytes of all files, is optimised all the same.
 */
export function expectShortRun(): void {
  const release = Number(process.versions.node.split('.')[0]);
  for (const { flag, lastKnown } of SETTINGS) if (release <= lastKnown) setFlagsFromString(flag);
}
