import { splitLines } from '../syntax/lines.ts';
import { matchesIn, mayMatch, sought } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { PROGRAM_ENDINGS } from './support/program-endings.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';

const PROGRAM = /\.(?:[cm]?[jt]sx?|py|rb|go|php|java|kt|cs|exs?|sh|rs)$/;
const STOPS = /\b(?:throw|raise|panic|abort|fatal|die|exit|Fatalf?|sys\.exit|RuntimeError|ImproperlyConfigured)\b/;
const MAY_STOP = sought(STOPS);
const REFUSES = /\b(?:cannot|can't|can not|must not|may not|not allowed|never|refus\w*|forbidden|disallowed)\b/i;
const MAY_REFUSE = sought(REFUSES);
const KEY = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
export const refusals: Reader = {
  name: 'refusals',
  reads: 'program text that stops where a key is set which must not be set there',
  reach: EVERYWHERE,
  source: true,
  endings: [...PROGRAM_ENDINGS, '.sh', '.rs'],
  matches: (path) =>
    PROGRAM.test(path) &&
    isProgramOfApplication(path) &&
    !/(?:^|\/)(?:tests?|__tests__|spec)\/|\.(?:test|spec)\./.test(path),
  read(file) {
    if (!mayMatch(file, MAY_STOP) || !matchesIn(file, MAY_REFUSE) || !STOPS.test(file.text)) return null;
    const lines = splitLines(file.text);
    const findings = lines.flatMap((line, index): Finding[] => {
      const message = /(["'`])([^"'`]{4,300})\1/.exec(line)?.[2] ?? '';
      // A message may stand on the line after the call.
      const stops = STOPS.test(line) || (/[(,]\s*$/.test(lines[index - 1] ?? '') && STOPS.test(lines[index - 1] ?? ''));
      const [key] = message.match(KEY) ?? [];
      if (!key || !stops || !REFUSES.test(message)) return [];
      return [
        {
          surface: 'config',
          subject: key,
          attribute: 'refused',
          value: message,
          environment: 'shared',
          line: index + 1,
        },
      ];
    });
    return findings.length > 0 ? { findings } : null;
  },
};
