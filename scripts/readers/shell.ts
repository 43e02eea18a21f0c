import { roleOf } from '../repository/path-role.ts';
import { endingsOf, isWrittenIn } from '../syntax/languages.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { findingsOf } from './support/config-reads.ts';
import { decisionFindings } from './support/decision-findings.ts';
import { dutyFindings } from './support/duty-findings.ts';
import { exportedConnections } from './support/exported-connections.ts';
import { placeOf } from './support/place-of-program.ts';
import { pragmaFindings } from './support/pragma-findings.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { shellSchedules } from './support/shell-schedules.ts';
import { shellSettings } from './support/shell-settings.ts';
import { shellAccess, shellBranches } from './support/shell-variables.ts';
import { programText } from './support/source.ts';

/** Where scripts stand without an extension. */
const SCRIPT =
  /(?:^|\/)(?:bin|scripts?|docker|\.husky|hooks|\.docker|deploy|ops|tools)\/(?:[^/.]+\/)?[^/.]+$|(?:^|\/)[^/.]*(?:entrypoint|entry|start|run|boot|init|release|migrate|deploy|setup|worker|server)[^/.]*$/i;
const EXPORTS = /(?:^|[\s;&|({])export[ \t]+[A-Z]\w*=/;
const SHEBANG = /^#![^\n]{0,80}\b(?:ba|da|z|k|a)?sh\b/;

export const shell: Reader = {
  name: 'shell',
  reads:
    'Shell scripts, those without an extension too: which environment variables they take from outside, with which defaults; how they decide by the environment; the commands that migrate, seed, work and serve, what they repeat and the security settings that they hand on',
  reach: EVERYWHERE,
  source: true,
  endings: [...endingsOf('shell'), ''],
  matches: (path) => (isWrittenIn('shell', path) || SCRIPT.test(path)) && isProgramOfApplication(path),
  read({ path, text }) {
    if (!isWrittenIn('shell', path) && !SHEBANG.test(text)) return null;
    const duties = [
      ...dutyFindings(text, 1, placeOf(path)),
      ...pragmaFindings(text, 1, placeOf(path)),
      ...(roleOf(path) === 'test' ? [] : shellSchedules(path, text, placeOf(path))),
      ...shellSettings(text, placeOf(path)),
      ...exportedConnections(text),
    ];
    if (!text.includes('$') && !EXPORTS.test(text)) return { findings: duties };
    const program = programText(path, text, 'shell');
    const access = shellAccess(program);
    return {
      findings: [
        ...duties,
        ...findingsOf(program, path, access),
        ...decisionFindings(program, path, access.reads, [], shellBranches(program)),
      ],
    };
  },
};
