import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { at, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { blockText } from './support/block-text.ts';
import { headerFinding } from './support/header-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { shellFindings } from './support/shell-findings.ts';
import { toolVersionFindings, versionCommandFindings } from './support/tool-version-findings.ts';

const WHERE = { environment: 'shared' };

export const amplify: Reader = {
  name: 'amplify',
  reads: 'AWS Amplify and CodeBuild: `amplify.yml`, `buildspec*.yml`, `customHttp.yml`',
  reach: DEPLOYED,
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^(?:amplify|customHttp|buildspec(?:[._-][\w.-]+)?)\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const lines = splitLines(file.text);
    const applications = items(at(root, 'applications'));
    const findings = [root, ...applications].flatMap((each) => applicationFindings(each, lines));
    return readResult(findings, broken);
  },
};

function applicationFindings(application: Tree | undefined, lines: readonly string[]): Finding[] {
  const unit = textAt(application, 'appRoot') ?? 'build';
  const where: Omit<Place, 'line'> = { ...WHERE, unit };
  const phases = [
    ...['frontend', 'backend', 'test'].map((part) => at(application, part, 'phases')),
    at(application, 'phases'),
  ].filter((each) => each !== undefined);
  return [
    ...assignmentFindings(at(application, 'env', 'variables'), where),
    ...phases.flatMap((phase) =>
      ['install', 'preBuild', 'pre_build', 'build', 'postBuild', 'post_build'].flatMap((name) => [
        ...toolVersionFindings(at(phase, name, 'runtime-versions'), where),
        ...items(at(phase, name, 'commands')).flatMap((each) => commandFindings(each, unit, lines)),
      ]),
    ),
    ...items(at(application, 'customHeaders')).flatMap((rule) =>
      items(at(rule, 'headers')).flatMap((each) => {
        const value = at(each, 'value');
        if (value?.kind !== 'scalar') return [];
        const place = { ...WHERE, unit: textAt(rule, 'pattern'), line: value.line };
        return headerFinding(textAt(each, 'key') ?? '', value.text, place);
      }),
    ),
  ];
}

function commandFindings(command: Tree, unit: string, lines: readonly string[]): Finding[] {
  const script = blockText(command, lines);
  if (!script) return [];
  return [
    ...shellFindings(script.text, script.line, { ...WHERE, unit }),
    ...versionCommandFindings(script.text, script.line, { ...WHERE, unit }),
  ];
}
