/** Bad usage or unreadable input: a command prints the message, one line that says the mend, and ends with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
