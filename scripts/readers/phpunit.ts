import { basename } from 'node:path/posix';
import { elementsAt, parseXml } from '../syntax/xml.ts';
import { MACHINES, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';

/** `phpunit.xml`, `phpunit.xml.dist`, `phpunit.ci.xml`, `.phpunit.xml`. */
const FILE = /^\.?phpunit(?:[._-][\w-]+)*\.xml(?:\.dist)?$/i;
/** The elements of `<php>` that set a variable of the environment. */
const VARIABLES = ['env', 'server'];

export const phpunit: Reader = {
  name: 'phpunit',
  reads: 'PHPUnit’s `phpunit.xml` and `phpunit.xml.dist`: the variables that its `<php>` part sets while tests run',
  reach: MACHINES,
  endings: ['.xml', '.dist'],
  matches: (path) => FILE.test(basename(path)),
  read(file) {
    if (!file.text.includes('<phpunit')) return null;
    const top = parseXml(file.text);
    const set = VARIABLES.flatMap((name) => elementsAt(top, 'phpunit', 'php', name));
    return {
      findings: set.flatMap(({ attributes, line }) =>
        configFindings(attributes.name ?? '', attributes.value ?? '', { environment: 'test', class: 'test', line }),
      ),
    };
  },
};
