import { endingOf } from '../repository/ending.ts';
import { splitLines } from '../syntax/lines.ts';
import { LAPTOP, type Reader } from './reader.ts';

/** Files whose one word is the version of one runtime, by file name. */
const RUNTIMES: { [file: string]: string } = {
  '.nvmrc': 'node',
  '.node-version': 'node',
  '.ruby-version': 'ruby',
  '.python-version': 'python',
  '.go-version': 'go',
  '.java-version': 'java',
  '.php-version': 'php',
  '.bun-version': 'bun',
  '.terraform-version': 'terraform',
  '.opentofu-version': 'opentofu',
};

export const versionFile: Reader = {
  name: 'version-file',
  reads:
    '`.nvmrc`, `.node-version`, `.ruby-version`, `.python-version`, `.go-version`, `.java-version`, `.php-version`, `.bun-version`, `.terraform-version`, `.opentofu-version`',
  reach: LAPTOP,
  endings: [...new Set(Object.keys(RUNTIMES).map(endingOf))],
  matches: (path) => Object.hasOwn(RUNTIMES, fileName(path)),
  read(file) {
    const subject = RUNTIMES[fileName(file.path)] ?? '';
    const lines = splitLines(file.text);
    const index = lines.findIndex((line) => /^\s*[^#\s]/.test(line));
    const value = lines[index]?.trim().replace(new RegExp(`^${subject}-`), '');
    if (value === undefined) return { findings: [] };
    return {
      findings: [{ surface: 'runtime', subject, attribute: 'version', value, environment: 'local', line: index + 1 }],
    };
  },
};

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
