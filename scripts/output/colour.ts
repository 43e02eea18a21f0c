const RESET = '\u001b[0m';
const RED = '\u001b[31m';
const YELLOW = '\u001b[33m';
const CYAN = '\u001b[36m';
const PAINT: { readonly [word: string]: string } = {
  high: RED,
  error: RED,
  medium: YELLOW,
  warning: YELLOW,
  low: CYAN,
  note: CYAN,
};

/** Whether to paint: `FORCE_COLOR` says so (or not, by `0`), else `NO_COLOR` forbids it, else only a terminal is painted. */
export function hasColour({ isTTY }: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: forbidden, TERM: terminal } = environment;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (forbidden !== undefined && forbidden !== '') return false;
  return isTTY === true && terminal !== 'dumb';
}

/** The severities of our own lines, painted: `[high]` that starts one, and `path:1:1: error:`. */
export function coloured(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.replace(
        /^( *\[)(high|medium|low)(?=\])|^(.+?:\d+:\d+: )(error|warning|note)(?=:)/,
        (_, before: string = '', severity: string = '', place: string = '', level: string = '') => {
          const word = severity || level;
          return `${before}${place}${PAINT[word] ?? ''}${word}${RESET}`;
        },
      ),
    )
    .join('\n');
}
