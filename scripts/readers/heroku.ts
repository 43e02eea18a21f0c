import { basename } from 'node:path/posix';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { addOnFindings, subjectOfAddOn } from './support/add-on-findings.ts';
import { assignmentFindings } from './support/assignments.ts';
import { commandText } from './support/command-text.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { parseDocuments } from './support/parse-document.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { environmentOfSection } from './support/section-environment.ts';
import { toolSubject } from './support/tool-subject.ts';

type Where = Omit<Place, 'line'>;

/** What only Heroku and Dokku write into an `app.json`; other tools have files of that name too. */
const OWN_KEYS = [
  'addons',
  'buildpacks',
  'formation',
  'environments',
  'stack',
  'success_url',
  'repository',
  'healthchecks',
];

export const heroku: Reader = {
  name: 'heroku',
  reads: 'Heroku and Dokku: `app.json` with its environments, `heroku.yml`',
  reach: DEPLOYED,
  endings: ['.json', '.yml', '.yaml'],
  matches: (path) => /^(?:app\.json|heroku\.ya?ml)$/.test(basename(path)),
  read(file) {
    const { trees, broken } = parseDocuments(file.path, file.text);
    const root = trees[0];
    const where = environmentOfManifest(file.path);
    if (basename(file.path) !== 'app.json') return readResult(manifestFindings(root, where), broken);
    const isHeroku = OWN_KEYS.some((key) => at(root, key)) || at(root, 'env')?.kind === 'map';
    if (!isHeroku || at(root, 'expo')) return null;
    const sections = entries(at(root, 'environments')).flatMap(({ key, value }) => appFindings(value, sectionOf(key)));
    return readResult([...appFindings(root, where), ...sections], broken);
  },
};

/** Heroku's `test` is its CI, its `review` an application for each pull request. */
function sectionOf(name: string): Where {
  return name === 'test' ? { environment: 'test', class: 'test' } : environmentOfSection(name);
}

function appFindings(app: Tree | undefined, where: Where): Finding[] {
  return [
    ...entries(at(app, 'env')).flatMap(({ key, value, line }) => variableFindings(key, value, { ...where, line })),
    ...items(at(app, 'addons')).flatMap((each) => pluginFindings(each, where)),
    ...items(at(app, 'buildpacks')).flatMap((each) => buildpackFindings(each, where)),
    ...operationsFindings('version', at(app, 'stack'), { ...where, unit: 'heroku-stack' }, { surface: 'runtime' }),
    ...entries(at(app, 'formation')).flatMap(({ key, value }) => [
      ...operationsFindings('replicas', at(value, 'quantity'), { ...where, unit: key }),
      ...operationsFindings('size', at(value, 'size'), { ...where, unit: key }),
    ]),
    ...entries(at(app, 'scripts')).flatMap(({ key, value }) =>
      operationsFindings('process', value, { ...where, unit: key }),
    ),
    ...entries(at(app, 'healthchecks')).flatMap(({ key, value }) =>
      items(value).flatMap((each) => operationsFindings('healthcheck', at(each, 'path'), { ...where, unit: key })),
    ),
    ...items(at(app, 'cron')).flatMap((each) =>
      operationsFindings('schedule', at(each, 'schedule'), { ...where, unit: textAt(each, 'command') }),
    ),
  ];
}

/** `"KEY": "value"`, or a map with `value`, `generator` and `required`; what a person must fill in is `null`. */
function variableFindings(key: string, node: Tree, place: Place): Finding[] {
  if (node.kind === 'scalar') return configFindings(key, node, place);
  const value = at(node, 'value');
  return configFindings(key, value?.kind === 'scalar' ? value : null, { ...place, line: value?.line ?? place.line });
}

function pluginFindings(addOn: Tree, where: Where): Finding[] {
  const plan = addOn.kind === 'map' ? at(addOn, 'plan') : addOn;
  if (plan?.kind !== 'scalar' || plan.text === '') return [];
  const version = at(addOn, 'options', 'version') ?? at(addOn, 'options', '--version');
  const place = { ...where, line: plan.line };
  return [
    ...addOnFindings(plan.text, place),
    ...(version?.kind === 'scalar'
      ? [
          findingAt(
            { ...where, line: version.line },
            { ...subjectOfAddOn(plan.text.split(':')[0] ?? ''), attribute: 'version', value: version.text },
          ),
        ]
      : []),
  ];
}

/** `heroku/nodejs`, `https://github.com/heroku/heroku-buildpack-ruby`: the language that it brings. */
function buildpackFindings(buildpack: Tree, where: Where): Finding[] {
  const url = buildpack.kind === 'map' ? at(buildpack, 'url') : buildpack;
  if (url?.kind !== 'scalar') return [];
  const name = url.text
    .replace(/(?:\.git)?(?:#.*)?$/, '')
    .split('/')
    .at(-1)
    ?.replace(/^(?:heroku-)?buildpack-/, '');
  if (!name || !/^[\w.-]+$/.test(name)) return [];
  const subject = toolSubject(name === 'jvm' ? 'java' : name);
  return [findingAt({ ...where, line: url.line }, { ...subject, attribute: 'buildpack', value: url.text })];
}

function manifestFindings(root: Tree | undefined, where: Where): Finding[] {
  return [
    ...items(at(root, 'setup', 'addons')).flatMap((each) => pluginFindings(each, where)),
    ...assignmentFindings(at(root, 'setup', 'config'), where),
    ...assignmentFindings(at(root, 'build', 'config'), where),
    ...entries(at(root, 'build', 'docker')).flatMap(({ key, value }) =>
      operationsFindings('target', at(value, 'target'), { ...where, unit: key }),
    ),
    ...commandFindings('release', at(root, 'release', 'command'), where),
    ...entries(at(root, 'run')).flatMap(({ key, value }) =>
      commandFindings(key, value.kind === 'map' ? at(value, 'command') : value, where),
    ),
  ];
}

function commandFindings(unit: string, command: Tree | undefined, where: Where): Finding[] {
  return operationsFindings('process', command, { ...where, unit }, { text: commandText(command) ?? '' });
}
