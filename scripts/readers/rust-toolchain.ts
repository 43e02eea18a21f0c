import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { parseToml } from '../syntax/toml.ts';
import { at } from '../syntax/tree.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { readResult } from './support/read-result.ts';
import { versionsOf } from './support/tool-version-findings.ts';

export const rustToolchain: Reader = {
  name: 'rust-toolchain',
  reads: '`rust-toolchain.toml`, `rust-toolchain`',
  // rustup follows it wherever it builds: on laptops, in CI, and in the image's build.
  reach: EVERYWHERE,
  endings: ['.toml', ''],
  matches: (path) => /^rust-toolchain(?:\.toml)?$/.test(basename(path)),
  read(file) {
    const place = { environment: 'shared' };
    if (/^[ \t]*\[/m.test(file.text)) {
      const { tree, broken } = parseToml(file.text);
      return readResult(versionsOf('rust', at(tree, 'toolchain', 'channel'), place), broken);
    }
    // The older form is the channel and nothing else.
    const lines = splitLines(file.text);
    const index = lines.findIndex((line) => /^\s*[^#\s]/.test(line));
    const text = lines[index]?.trim();
    return { findings: text ? versionsOf('rust', { kind: 'scalar', line: index + 1, text, value: text }, place) : [] };
  },
};
