import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { withoutFunctions } from '../syntax/cloudformation.ts';
import { parseJson } from '../syntax/json.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { cloudformationResources } from './support/cloudformation-resources.ts';
import { commandText } from './support/command-text.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { runtimeFindings } from './support/runtime-findings.ts';
import { settingsBelow } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

const FILE = /^serverless(?:[.-][\w.-]+)?\.(?:ya?ml|json)$/;
/** Values that the framework takes from a store: `${ssm:/shop/db}`, `${aws:ssm:...}`, `${secretsManager:...}`. */
const STORE = /^\$\{(?:aws:)?(?:ssm|cf|s3|secretsManager|vault)[^:}]{0,40}:([^}]{1,300})\}$/;
const LIMITS: readonly [string, string][] = [
  ['timeout', 'timeout'],
  ['memorySize', 'memory'],
  ['reservedConcurrency', 'concurrency'],
  ['architecture', 'architecture'],
  ['stage', 'stage'],
  ['region', 'region'],
];

export const serverless: Reader = {
  name: 'serverless',
  reads: 'Serverless Framework (`serverless.yml`, `serverless.*.yml`, `serverless.json`)',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.json'],
  matches: (path) => FILE.test(basename(path)),
  read(file) {
    const { documents, broken } = file.path.endsWith('.json') ? parsedJson(file.text) : parseYaml(file.text);
    const root = documents[0];
    if (!root || (!at(root, 'provider') && !at(root, 'functions') && !at(root, 'service'))) return null;
    const tree = withoutFunctions(root);
    const where = environmentOfInfrastructure(file.path);
    const unit = textAt(tree, 'service') ?? textAt(tree, 'service', 'name');
    const own = { ...where, unit };
    const findings = [
      ...providerFindings(at(tree, 'provider'), own),
      ...entries(at(tree, 'functions')).flatMap(({ key, value }) => functionFindings(value, { ...where, unit: key })),
      ...items(at(tree, 'params')).flatMap((each) => settingsBelow(each, 'param', own)),
      ...stageFindings(at(tree, 'stages'), own),
      ...settingsBelow(at(tree, 'custom'), 'custom', own),
      ...versionFindings(tree, where),
      ...items(at(tree, 'resources')).flatMap((each) => cloudformationResources(at(each, 'Resources'), [], where)),
    ];
    return readResult(findings, broken);
  },
};

function parsedJson(text: string): { documents: Tree[]; broken: string[] } {
  const { tree, broken } = parseJson(text);
  return { documents: tree ? [tree] : [], broken };
}

function providerFindings(provider: Tree | undefined, where: Where): Finding[] {
  return [
    ...runtimeOf(provider, where),
    ...environmentFindings(at(provider, 'environment'), where),
    ...LIMITS.flatMap(([key, attribute]) => operationsFindings(attribute, at(provider, key), where)),
    ...operationsFindings('log-retention', at(provider, 'logRetentionInDays'), where),
  ];
}

function functionFindings(node: Tree, where: Where): Finding[] {
  const events = items(at(node, 'events'));
  return [
    ...runtimeOf(node, where),
    ...operationsFindings('process', at(node, 'handler'), where, { text: commandText(at(node, 'handler')) }),
    ...LIMITS.flatMap(([key, attribute]) => operationsFindings(attribute, at(node, key), where)),
    ...environmentFindings(at(node, 'environment'), where),
    ...events.flatMap((each) => {
      const schedule = at(each, 'schedule');
      const rates = items(schedule?.kind === 'map' ? at(schedule, 'rate') : schedule);
      return [
        ...rates.flatMap((rate) => operationsFindings('schedule', rate, where)),
        ...operationsFindings('enabled', at(schedule, 'enabled'), where),
      ];
    }),
  ];
}

function runtimeOf(node: Tree | undefined, where: Where): Finding[] {
  const runtime = at(node, 'runtime');
  return runtime?.kind === 'scalar' ? runtimeFindings(runtime.text, { ...where, line: runtime.line }) : [];
}

function environmentFindings(environment: Tree | undefined, where: Where): Finding[] {
  return entries(environment).flatMap(({ key, value, line }): Finding[] => {
    const place = { ...where, line };
    const said = { surface: 'config', subject: key } as const;
    if (value.kind !== 'scalar' || value.computed)
      return [findingAt(place, { ...said, attribute: 'value', value: null })];
    const store = STORE.exec(value.text)?.[1];
    return [
      store === undefined
        ? findingAt(place, { ...said, attribute: 'value', value: value.text })
        : findingAt(place, { ...said, attribute: 'secret-reference', value: store }),
    ];
  });
}

/** `stages: { prod: { params: ... } }`. */
function stageFindings(stages: Tree | undefined, where: Where): Finding[] {
  return entries(stages).flatMap(({ key, value }) => {
    const named = environmentNamed(key, 'deployed');
    const own = named ? { ...where, environment: named.name, class: named.class } : where;
    return key === 'default' || named ? settingsBelow(at(value, 'params'), 'param', own) : [];
  });
}

function versionFindings(tree: Tree, where: Where): Finding[] {
  const version = entries(tree).find(({ key }) => key === 'frameworkVersion');
  if (version?.value.kind !== 'scalar') return [];
  const said = { surface: 'runtime', subject: 'serverless', attribute: 'version', value: version.value.text } as const;
  return [findingAt({ ...where, line: version.line }, said)];
}
