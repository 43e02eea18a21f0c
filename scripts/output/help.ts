/** What `COMMAND --help` tells. */
export interface Help {
  /** The command line, options in brackets where they may be left out. */
  usage: string;
  does: string;
  /** Each option or argument, and what it is. */
  options: readonly (readonly [name: string, what: string])[];
  /** Whole command lines. */
  examples: readonly string[];
}

const EXITS = 'Exit codes: 0 done or valid, 1 findings, 2 bad usage or unreadable input.';

export function helpText({ usage, does, options, examples }: Help): string {
  const width = Math.max(...options.map(([name]) => name.length));
  return [
    usage,
    '',
    does,
    '',
    ...options.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((each) => `  ${each}`),
    '',
    EXITS,
    '',
  ].join('\n');
}
