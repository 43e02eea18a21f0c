import { parseJson } from '../syntax/json.ts';
import { at, entries, items, type Tree } from '../syntax/tree.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { commandText } from './support/command-text.ts';
import { imageFindings } from './support/image-findings.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { toolSubject } from './support/tool-subject.ts';

const WHERE = { environment: 'local', class: 'local', unit: 'devcontainer' } as const;
/** Features that bring no runtime or service of the application. */
const NO_TOOL =
  /^(?:common-utils|docker-in-docker|docker-outside-of-docker|git|git-lfs|github-cli|sshd|desktop-lite|copilot-cli)$/;

export const devcontainer: Reader = {
  name: 'devcontainer',
  reads: 'Development containers: `devcontainer.json`',
  reach: LAPTOP,
  endings: ['.json'],
  matches: (path) => /(?:^|\/)\.?devcontainer\.json$/.test(path),
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const image = at(tree, 'image');
    const findings = [
      ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...WHERE, line: image.line }) : []),
      ...operationsFindings('target', at(tree, 'build', 'target'), WHERE),
      ...entries(at(tree, 'build', 'args')).flatMap(({ key, value, line }): Finding[] =>
        value.kind === 'scalar'
          ? [
              findingAt(
                { ...WHERE, line },
                { surface: 'config', subject: key, attribute: 'build-arg', value: value.text },
              ),
            ]
          : [],
      ),
      ...entries(at(tree, 'features')).flatMap(({ key, value, line }) => featureFindings(key, value, line)),
      ...assignmentFindings(at(tree, 'containerEnv'), WHERE),
      ...assignmentFindings(at(tree, 'remoteEnv'), WHERE),
      ...operationsFindings('user', at(tree, 'remoteUser') ?? at(tree, 'containerUser'), WHERE),
      ...items(at(tree, 'forwardPorts')).flatMap((each) => operationsFindings('port', each, WHERE)),
      ...['postCreateCommand', 'postStartCommand'].flatMap((key) => commandFindings(at(tree, key), key)),
    ];
    return readResult(findings, broken);
  },
};

/** `ghcr.io/devcontainers/features/node:1`: the `1` is the feature's own version, the tool's is an option. */
function featureFindings(reference: string, options: Tree, line: number): Finding[] {
  const name = /(?<![\w-])([\w-]{1,128})(?::[\w.-]{1,128})?$/.exec(reference.replace(/@.*$/, ''))?.[1];
  if (!name || NO_TOOL.test(name)) return [];
  const version = options.kind === 'scalar' ? options : at(options, 'version');
  const said = version?.kind === 'scalar' && typeof version.value === 'string' && version.text !== '';
  const place = { ...WHERE, line: said ? version.line : line };
  return [findingAt(place, { ...toolSubject(name), attribute: 'version', value: said ? version.text : null })];
}

function commandFindings(command: Tree | undefined, unit: string): Finding[] {
  return operationsFindings('process', command, { ...WHERE, unit }, { text: commandText(command) ?? '' });
}
