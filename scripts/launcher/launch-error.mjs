/** What keeps a command from starting: one line that ends with the mend. */
export class LaunchError extends Error {}
