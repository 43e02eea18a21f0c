import { basename } from 'node:path/posix';
import { environmentOfFileName } from '../environments/names.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, items, type Tree, textAt } from '../syntax/tree.ts';
import type { Finding, Reader } from './reader.ts';
import { assignments } from './support/assignments.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { parseDocuments } from './support/parse-document.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { scriptFindings } from './support/script-findings.ts';
import { commandFindings, environmentVariable } from './support/shell-findings.ts';

export const cloudBuild: Reader = {
  name: 'cloud-build',
  reads: 'Google Cloud Build: `cloudbuild*.yaml`, `cloudbuild.json`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml', '.json'],
  matches: (path) => /^(?:[\w.-]+[._-])?cloud-?build(?:[._-][\w.-]+)?\.(?:ya?ml|json)$/i.test(basename(path)),
  read(file) {
    const { trees, broken } = parseDocuments(file.path, file.text);
    const root = trees[0];
    if (!at(root, 'steps') && broken.length === 0) return null;
    const named = environmentOfFileName(basename(file.path), 'deployed');
    const own: Target = named ? { environment: named.name, class: named.class } : CI;
    const lines = splitLines(file.text);
    return readResult(
      [
        ...variableFindings(at(root, 'substitutions'), own, undefined),
        ...variableFindings(at(root, 'options', 'env'), own, undefined),
        ...items(at(root, 'steps')).flatMap((step) => stepFindings(step, own, lines)),
      ],
      broken,
    );
  },
};

function stepFindings(step: Tree, ofFile: Target, lines: readonly string[]): Finding[] {
  const image = at(step, 'name');
  const id = textAt(step, 'id');
  const named = id === undefined || isCheck([id], []) ? undefined : environmentOfDeployJob([id], []);
  const target = ofFile === CI ? (named ?? CI) : ofFile;
  const unit = id ?? 'build';
  return [
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...CI, unit, line: image.line }) : []),
    ...variableFindings(at(step, 'env'), target, unit),
    ...secretFindings(at(step, 'secretEnv'), target, unit),
    ...argumentFindings(step, target, unit),
    ...scriptFindings([at(step, 'script')], [target], unit, lines),
  ];
}

/** A command in a list of words; `gcloud run deploy` sets variables and secrets of what it deploys. */
function argumentFindings(step: Tree, target: Target, unit: string): Finding[] {
  const entrypoint = at(step, 'entrypoint') ?? at(step, 'name');
  const words = [entrypoint, ...items(at(step, 'args'))].flatMap((each, index) =>
    each?.kind === 'scalar'
      ? [{ text: index === 0 ? basename(each.text).replace(/:.*$/, '') : each.text, line: each.line }]
      : [],
  );
  const command = commandFindings({ assignments: [], words, line: step.line }, { ...target, unit });
  const flags = words.flatMap(({ text, line }, index) => {
    const [, flag, joined] =
      /^--(set-env-vars|update-env-vars|set-secrets|update-secrets)(?:=(.*))?$/s.exec(text) ?? [];
    if (flag === undefined) return [];
    const list = joined ?? words[index + 1]?.text ?? '';
    const isSecret = flag.endsWith('secrets');
    return list.split(/[,;|](?=[A-Z_][A-Z0-9_]*=)/).flatMap((each): Finding[] => {
      const [, key, value = ''] = /^(?:\^.\^)?([A-Za-z_]\w*)=(.*)$/s.exec(each.trim()) ?? [];
      if (key === undefined) return [];
      const fact = { surface: 'config', subject: key, attribute: 'secret-reference', value } as const;
      return isSecret
        ? [findingAt({ ...target, unit, line }, fact)]
        : environmentVariable(key, value, { ...target, unit, line });
    });
  });
  return [...command, ...flags];
}

function variableFindings(node: Tree | undefined, target: Target, unit: string | undefined): Finding[] {
  return assignments(node).flatMap(({ key, value, line }) =>
    value === null ? [] : environmentVariable(key, value, { ...target, ...(unit ? { unit } : {}), line }),
  );
}

function secretFindings(node: Tree | undefined, target: Target, unit: string): Finding[] {
  return items(node).flatMap((each) =>
    each.kind === 'scalar' && each.text !== ''
      ? [
          findingAt(
            { ...target, unit, line: each.line },
            { surface: 'config', subject: each.text, attribute: 'secret-reference', value: each.text },
          ),
        ]
      : [],
  );
}
