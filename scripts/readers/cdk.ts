import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { parseJson } from '../syntax/json.ts';
import { at, entries, type Tree } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingFindings, settingsBelow } from './support/setting-findings.ts';

/** Switches of the tool itself, which every new project gets dozens of. */
const OF_THE_TOOL = /^(?:@aws-cdk\/|aws-cdk:|@aws-cdk|availability-zones:|hosted-zone:|vpc-provider:|ami:)/;

export const cdk: Reader = {
  name: 'cdk',
  reads: 'AWS CDK: the context of `cdk.json`',
  reach: DEPLOYED,
  endings: ['.json'],
  matches: (path) => /^cdk(?:\.[\w-]+)?\.json$/.test(basename(path)) && basename(path) !== 'cdk.context.json',
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const context = at(tree, 'context');
    if (!context && !at(tree, 'app')) return null;
    return readResult(contextFindings(context, environmentOfInfrastructure(file.path)), broken);
  },
};

/** The context's own settings; what stands below an environment's name is of that environment. */
function contextFindings(context: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  return entries(context).flatMap((each) => {
    if (OF_THE_TOOL.test(each.key)) return [];
    const named = each.value.kind === 'map' ? environmentNamed(each.key, 'deployed') : undefined;
    return named
      ? settingsBelow(each.value, 'context', { ...where, environment: named.name, class: named.class })
      : settingFindings(each, 'context', where);
  });
}
