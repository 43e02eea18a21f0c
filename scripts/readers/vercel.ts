import { basename } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { assignments } from './support/assignments.ts';
import { configFindings } from './support/config-findings.ts';
import { headerFinding } from './support/header-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { runtimeNameFindings } from './support/runtime-name.ts';

type Where = Omit<Place, 'line'>;

export const vercel: Reader = {
  name: 'vercel',
  reads: 'Vercel: `vercel.json`, `now.json`',
  reach: DEPLOYED,
  endings: ['.json'],
  matches: (path) => /^(?:vercel|now)(?:[._-][\w.-]+)?\.json$/.test(basename(path)),
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const where = environmentOfManifest(file.path);
    return readResult(projectFindings(tree, where), broken);
  },
};

function projectFindings(root: Tree | undefined, where: Where): Finding[] {
  const app = { ...where, unit: 'app' };
  return [
    ...variableFindings(at(root, 'env'), where),
    ...variableFindings(at(root, 'build', 'env'), { ...where, unit: 'build' }),
    ...operationsFindings('process', at(root, 'buildCommand'), { ...where, unit: 'build' }),
    ...operationsFindings('process', at(root, 'installCommand'), { ...where, unit: 'install' }),
    ...items(at(root, 'regions')).flatMap((each) => operationsFindings('region', each, app)),
    ...items(at(root, 'crons')).flatMap((each) =>
      operationsFindings('schedule', at(each, 'schedule'), { ...where, unit: textAt(each, 'path') }),
    ),
    ...entries(at(root, 'functions')).flatMap(({ key, value }) => functionFindings(value, { ...where, unit: key })),
    ...items(at(root, 'headers')).flatMap((each) => sourceHeaders(each, where)),
    ...['rewrites', 'redirects'].flatMap((key) =>
      items(at(root, key)).flatMap((each) => routeFindings(key, each, where)),
    ),
  ];
}

/** `@name` is a secret of the account, by its name. */
function variableFindings(variables: Tree | undefined, where: Where): Finding[] {
  return assignments(variables).flatMap(({ key, value, line }) =>
    value?.startsWith('@')
      ? [findingAt({ ...where, line }, { surface: 'config', subject: key, attribute: 'secret-reference', value })]
      : configFindings(key, value, { ...where, line }),
  );
}

function functionFindings(settings: Tree, where: Where): Finding[] {
  return [
    ...runtimeNameFindings(at(settings, 'runtime'), where),
    ...operationsFindings('memory', at(settings, 'memory'), where),
    ...operationsFindings('timeout', at(settings, 'maxDuration'), where),
  ];
}

function sourceHeaders(rule: Tree, where: Where): Finding[] {
  const unit = textAt(rule, 'source');
  return items(at(rule, 'headers')).flatMap((each) => {
    const value = at(each, 'value');
    if (value?.kind !== 'scalar') return [];
    return headerFinding(textAt(each, 'key') ?? '', value.text, { ...where, unit, line: value.line });
  });
}

/** Only what leads to another host: paths within the application are its own routes. */
function routeFindings(kind: string, rule: Tree, where: Where): Finding[] {
  const target = at(rule, 'destination');
  if (target?.kind !== 'scalar' || !/^https?:\/\//.test(target.text)) return [];
  const unit = textAt(rule, 'source');
  return operationsFindings(kind.replace(/s$/, ''), target, { ...where, unit }, { surface: 'edge' });
}
