import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { parseToml } from '../syntax/toml.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { buildVariableFindings } from './support/build-variable-findings.ts';
import { headerFindings } from './support/header-findings.ts';
import { operationsFindings } from './support/operations-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

export const netlify: Reader = {
  name: 'netlify',
  reads: 'Netlify: `netlify.toml` with its deploy contexts',
  reach: DEPLOYED,
  endings: ['.toml'],
  matches: (path) => basename(path) === 'netlify.toml',
  read(file) {
    const { tree, broken } = parseToml(file.text);
    const shared: Where = { environment: 'shared' };
    const findings = [
      ...buildFindings(at(tree, 'build'), shared),
      ...entries(at(tree, 'context')).flatMap(({ key, value }) => buildFindings(value, environmentOfContext(key))),
      ...items(at(tree, 'headers')).flatMap((each) =>
        headerFindings(at(each, 'values'), { ...shared, unit: textAt(each, 'for') }),
      ),
      ...items(at(tree, 'redirects')).flatMap((each) => redirectFindings(each, shared)),
      ...entries(at(tree, 'functions')).flatMap(({ key, value }) =>
        operationsFindings('schedule', at(value, 'schedule'), { ...shared, unit: key }),
      ),
    ];
    return readResult(findings, broken);
  },
};

/** `dev` is a laptop; any context besides `production` is one of branches and pull requests. */
function environmentOfContext(name: string): Where {
  if (name === 'dev') return { environment: 'local', class: 'local' };
  const known = environmentNamed(name, 'deployed');
  return { environment: name, class: known?.class ?? 'preview' };
}

function buildFindings(build: Tree | undefined, where: Where): Finding[] {
  return [
    ...buildVariableFindings(at(build, 'environment'), where),
    ...operationsFindings('process', at(build, 'command'), { ...where, unit: 'build' }),
  ];
}

/** Only what leads to another host: paths within the application are its own routes. */
function redirectFindings(rule: Tree, where: Where): Finding[] {
  const target = at(rule, 'to');
  if (target?.kind !== 'scalar' || !/^https?:\/\//.test(target.text)) return [];
  const attribute = textAt(rule, 'status') === '200' ? 'rewrite' : 'redirect';
  return operationsFindings(attribute, target, { ...where, unit: textAt(rule, 'from') }, { surface: 'edge' });
}
