import { basename } from 'node:path/posix';
import { environmentOfFileName } from '../environments/names.ts';
import { parseToml } from '../syntax/toml.ts';
import { at, entries, items, type Tree } from '../syntax/tree.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { toolSubject } from './support/tool-subject.ts';

export const mise: Reader = {
  name: 'mise',
  reads: '`mise.toml`, `.mise.toml` and their variants: tools and environment variables',
  reach: LAPTOP,
  endings: ['.toml'],
  matches: (path) =>
    /^\.?mise(?:\.[\w-]+)*\.toml$/.test(basename(path)) || /(?:^|\/)\.?mise\/config(?:\.[\w-]+)*\.toml$/.test(path),
  read(file) {
    const { tree, broken } = parseToml(file.text);
    const named = environmentOfFileName(basename(file.path));
    const environment = named ? developerEnvironment(named) : 'local';
    return {
      findings: [...toolFindings(at(tree, 'tools'), environment), ...variableFindings(at(tree, 'env'), environment)],
      broken,
    };
  },
};

function toolFindings(tools: Tree | undefined, environment: string): Finding[] {
  return entries(tools).flatMap(({ key, value, line }): Finding[] => {
    const name = key.replace(/^(?:core|asdf|vfox):/, '');
    // `npm:prettier`, `cargo:ripgrep`: programs of another package manager, no runtimes.
    if (name.includes(':')) return [];
    return items(value).flatMap((item): Finding[] => {
      const version = item.kind === 'map' ? at(item, 'version') : item;
      if (version?.kind !== 'scalar') return [];
      return [
        {
          ...toolSubject(name),
          attribute: 'version',
          value: /^(?:system|path:.*)$/.test(version.text) ? null : version.text,
          environment,
          line: value.kind === 'list' ? version.line : line,
        },
      ];
    });
  });
}

function variableFindings(variables: Tree | undefined, environment: string): Finding[] {
  return entries(variables).flatMap(({ key, value, line }): Finding[] => {
    // `_` holds directives (`_.file`, `_.path`); `false` unsets the variable.
    if (key === '_') return [];
    const node = value.kind === 'map' ? at(value, 'value') : value;
    if (node?.kind !== 'scalar' || node.value === false) return [];
    return configFindings(key, node.text, { environment, line });
  });
}
