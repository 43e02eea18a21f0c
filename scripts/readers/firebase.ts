import { basename } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfDeployedName } from './support/deployed-name.ts';
import { headerFinding } from './support/header-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { runtimeNameFindings } from './support/runtime-name.ts';
import { environmentOfSection } from './support/section-environment.ts';

type Where = Omit<Place, 'line'>;

export const firebase: Reader = {
  name: 'firebase',
  reads: 'Firebase: `firebase.json`, `.firebaserc`',
  reach: DEPLOYED,
  endings: ['.json', '.firebaserc'],
  matches: (path) => /^(?:firebase(?:[._-][\w.-]+)?\.json|\.firebaserc)$/.test(basename(path)),
  read(file) {
    const { tree, broken } = parseJson(file.text);
    if (basename(file.path) === '.firebaserc') return readResult(projectFindings(tree), broken);
    const where = environmentOfManifest(file.path);
    const findings = [
      ...items(at(tree, 'functions')).flatMap((each) =>
        runtimeNameFindings(at(each, 'runtime'), { ...where, unit: textAt(each, 'codebase') ?? 'functions' }),
      ),
      ...items(at(tree, 'hosting')).flatMap((each) => hostingFindings(each, where)),
      ...entries(at(tree, 'emulators')).flatMap(({ key, value }) =>
        operationsFindings('port', at(value, 'port'), {
          environment: 'local',
          class: 'local',
          unit: `${key}-emulator`,
        }),
      ),
    ];
    return readResult(findings, broken);
  },
};

/** The project that each alias deploys to; `default` is where a deployment without a name goes. */
function projectFindings(root: Tree | undefined): Finding[] {
  return entries(at(root, 'projects')).flatMap(({ key, value, line }): Finding[] => {
    if (value.kind !== 'scalar') return [];
    const where: Where =
      key === 'default' ? environmentOfDeployedName(value.text, { environment: 'shared' }) : environmentOfSection(key);
    return [
      findingAt(
        { ...where, line },
        { surface: 'providers', subject: 'firebase', attribute: 'project', value: value.text },
      ),
    ];
  });
}

function hostingFindings(hosting: Tree, where: Where): Finding[] {
  return items(at(hosting, 'headers')).flatMap((rule) => {
    const unit = textAt(rule, 'source') ?? textAt(rule, 'regex');
    return items(at(rule, 'headers')).flatMap((each) => {
      const value = at(each, 'value');
      if (value?.kind !== 'scalar') return [];
      return headerFinding(textAt(each, 'key') ?? '', value.text, { ...where, unit, line: value.line });
    });
  });
}
