import { basename } from 'node:path/posix';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { literalTree } from './support/literal-tree.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { unsetValue } from './support/python-unset.ts';
import { programText } from './support/source.ts';
import { statementAt } from './support/statements.ts';

const FILE = /^gunicorn[\w.-]*\.py$/;
/** Settings of the server that a program notices: how it serves at once, how long it waits, whom it believes. */
const SETTINGS = new Set([
  'bind',
  'forwarded_allow_ips',
  'graceful_timeout',
  'keepalive',
  'limit_request_field_size',
  'limit_request_line',
  'max_requests',
  'max_requests_jitter',
  'preload_app',
  'proxy_protocol',
  'reload',
  'secure_scheme_headers',
  'threads',
  'timeout',
  'worker_class',
  'worker_connections',
  'workers',
]);
const ASSIGNED = /^([a-z_]{3,40})[ \t]*(?::[^=\n]{0,60})?=(?!=)/gm;

export const gunicornConfig: Reader = {
  name: 'gunicorn-config',
  reads: '`gunicorn.conf.py` and its like: the class and number of workers, timeouts, whom the server believes',
  reach: EVERYWHERE,
  endings: ['.py'],
  matches: (path) => FILE.test(basename(path)) && isProgramOfApplication(path),
  read(file) {
    const program = programText(file.path, file.text, 'python');
    const findings = [...program.code.matchAll(ASSIGNED)].flatMap((match): Finding[] => {
      const [, name = ''] = match;
      if (!SETTINGS.has(name)) return [];
      const span = statementAt(program, match.index + match[0].length);
      const literal = literalTree(program, span);
      const unset = unsetValue(program, span);
      const known = literal.kind === 'scalar' && literal.value !== null ? literal.text : unset.value;
      const value = known === undefined || known === null ? null : String(known);
      const place = { environment: 'shared', line: program.line(match.index) };
      return [
        findingAt(place, { surface: 'operations', subject: 'gunicorn', attribute: name.replaceAll('_', '-'), value }),
      ];
    });
    return findings.length > 0 ? { findings } : null;
  },
};
