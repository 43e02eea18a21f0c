import { basename } from 'node:path/posix';
import { parseToml } from '../syntax/toml.ts';
import { at, entries, type Tree, textAt } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';

export const cargoToml: Reader = {
  name: 'cargo-toml',
  reads: '`Cargo.toml`: the oldest Rust version, and the crates that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.toml'],
  matches: (path) => basename(path) === 'Cargo.toml',
  read(file) {
    const { tree, broken } = parseToml(file.text);
    const workspace = at(tree, 'workspace');
    const findings = [
      ...rustFindings(at(tree, 'package', 'rust-version')),
      ...rustFindings(at(workspace, 'package', 'rust-version')),
      ...crateFindings(at(tree, 'dependencies'), 'shared'),
      ...crateFindings(at(workspace, 'dependencies'), 'shared'),
      ...crateFindings(at(tree, 'dev-dependencies'), 'test'),
      ...entries(at(tree, 'target')).flatMap(({ value }) => crateFindings(at(value, 'dependencies'), 'shared')),
    ];
    return readResult(findings, broken);
  },
};

function rustFindings(version: Tree | undefined): Finding[] {
  if (version?.kind !== 'scalar') return [];
  const place = { environment: 'shared', line: version.line };
  return [findingAt(place, { surface: 'runtime', subject: 'rust', attribute: 'target', value: version.text })];
}

/** What a workspace gives, the workspace's own file tells with its version. */
function crateFindings(crates: Tree | undefined, environment: string): Finding[] {
  return entries(crates).flatMap(({ key, value, line }) => {
    if (textAt(value, 'workspace') === 'true') return [];
    const version = value.kind === 'scalar' ? value.text : (textAt(value, 'version') ?? '');
    return clientFindings(textAt(value, 'package') ?? key, version, { environment, line });
  });
}
