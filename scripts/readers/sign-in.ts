import { splitLines } from '../syntax/lines.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { PROGRAM_ENDINGS } from './support/program-endings.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';

const PROGRAM = /\.(?:[cm]?[jt]sx?|py|rb|go|php|java|kt|cs|exs?)$/;
/** Calls that check a password or a credential. A definition is none. */
const CHECKS =
  /\b(?:verify\w{0,20}(?:Password|Credentials)|bcrypt\.compare(?:Sync)?|argon2\.verify|check_password(?:_hash)?|checkpw|password_verify|CompareHashAndPassword|valid_password\?|CheckPasswordSignInAsync|PasswordSignInAsync|verify_password|verify_pass)\s{0,2}\(/;
const MAY_CHECK = sought(CHECKS);
const DEFINES = /\b(?:function|def|func|defp|fun|fn)\s+|^\s*(?:public|private|protected|export)\b[^=]*\{\s*$|import\b/;

export const signIn: Reader = {
  name: 'sign-in',
  reads: 'program text that checks a password, which is what a sign-in of tests goes around',
  reach: EVERYWHERE,
  source: true,
  endings: PROGRAM_ENDINGS,
  matches: (path) =>
    PROGRAM.test(path) &&
    isProgramOfApplication(path) &&
    !/(?:^|\/)(?:tests?|__tests__|spec|seeds?)\/|\.(?:test|spec)\.|seed/.test(path),
  read(file) {
    if (!matchesIn(file, MAY_CHECK)) return null;
    const findings = splitLines(file.text).flatMap((line, index): Finding[] => {
      const callee =
        line.length < 500 && !DEFINES.test(line)
          ? /[\w.?]+(?=\s{0,2}\($)/.exec(CHECKS.exec(line)?.[0] ?? '')?.[0]
          : undefined;
      return callee
        ? [
            {
              surface: 'identity',
              subject: 'login',
              attribute: 'real',
              value: callee,
              environment: 'shared',
              line: index + 1,
            },
          ]
        : [];
    });
    return findings.length > 0 ? { findings } : null;
  },
};
