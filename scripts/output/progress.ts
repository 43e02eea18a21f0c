/** After so many milliseconds a person wonders. */
const PATIENCE = 1000;
/** Between two lines, in milliseconds. */
const PAUSE = 200;

/** Called as work goes on; what it prints is gone again after `end`. */
export interface Progress {
  step(done: number, all: number): void;
  end(): void;
}

/** One line on stderr, rewritten, where a person watches and the work takes more than a second. `now` in milliseconds. */
export function progressOn(
  stream: { isTTY?: boolean; write(text: string): unknown },
  now: () => number = Date.now,
): Progress {
  const start = now();
  let last = start + PATIENCE - PAUSE;
  let shown = false;
  return {
    step(done, all) {
      if (!stream.isTTY || now() - last < PAUSE) return;
      last = now();
      shown = true;
      stream.write(`\r\u001b[2Kreading: ${done} of ${all} files`);
    },
    end() {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}
