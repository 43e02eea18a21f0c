import type { Finding, ReadResult } from '../readers/reader.ts';
import { configFindings } from '../readers/support/config-findings.ts';
import { isRealm, realmFindings } from '../readers/support/identity-findings.ts';
import { isManifest, kubernetesFindings } from '../readers/support/kubernetes-findings.ts';
import type { Place } from '../readers/support/place.ts';
import { readResult } from '../readers/support/read-result.ts';
import { parseDotenv } from '../syntax/dotenv.ts';
import { parseJson } from '../syntax/json.ts';
import { splitLines } from '../syntax/lines.ts';
import { entries, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { flyFindings } from './fly-config.ts';
import { taskDefinitionFindings } from './task-definition.ts';
import { stateFindings } from './terraform-state.ts';
import { vercelFindings } from './vercel-env.ts';

type Where = Omit<Place, 'line'>;

/** What people save as evidence of an environment, told apart by content. */
export interface ExportFormat {
  /** What makes such a file. */
  name: string;
  /** `undefined`: the content is something else. */
  read(text: string, where: Where): ReadResult | undefined;
}

const KEY = /^[A-Za-z_][\w.-]*$/;

/** In the order in which they are tried. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    name: 'kubectl get -o yaml or json',
    read(text, where) {
      const { documents, broken } = isJson(text) ? jsonDocuments(text) : parseYaml(text);
      const objects = documents.filter(isManifest);
      return objects.length === 0
        ? undefined
        : readResult(
            objects.flatMap((each) => kubernetesFindings(each, where, 'object')),
            broken,
          );
    },
  },
  { name: 'a Keycloak realm', read: ofJson((tree, where) => (isRealm(tree) ? realmFindings(tree, where) : undefined)) },
  { name: 'terraform show -json', read: ofJson(stateFindings) },
  { name: 'an ECS task definition', read: ofJson(taskDefinitionFindings) },
  { name: 'fly config show', read: ofJson(flyFindings) },
  { name: 'heroku config --json', read: ofJson(flatFindings) },
  { name: 'vercel env ls', read: (text, where) => vercelFindings(text, where) },
  { name: 'heroku config', read: herokuConfig },
  { name: 'KEY=value lines', read: assignments },
];

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function jsonDocuments(text: string): { documents: Tree[]; broken: string[] } {
  const { tree, broken } = parseJson(text);
  return { documents: tree ? [tree] : [], broken };
}

function ofJson(find: (tree: Tree, where: Where) => Finding[] | undefined): ExportFormat['read'] {
  return (text, where) => {
    if (!isJson(text)) return undefined;
    const { tree, broken } = parseJson(text);
    const findings = tree && find(tree, where);
    return findings && readResult(findings, broken);
  };
}

/** An object of keys and texts, and nothing deeper. */
function flatFindings(tree: Tree, where: Where): Finding[] | undefined {
  const all = entries(tree);
  if (all.length === 0 || !all.every(({ key, value }) => KEY.test(key) && value.kind === 'scalar')) return undefined;
  return all.flatMap(({ key, line, value }) =>
    value.kind === 'scalar' ? configFindings(key, value, { ...where, line }) : [],
  );
}

/** `=== shop Config Vars`, then `KEY:   value`. */
function herokuConfig(text: string, where: Where): ReadResult | undefined {
  const lines = splitLines(text);
  const start = lines.findIndex((line) => /^=== .*Config Vars\s*$/.test(line));
  if (start === -1) return undefined;
  const broken: string[] = [];
  const findings = lines.slice(start + 1).flatMap((line, index) => {
    const number = start + 2 + index;
    const [, key, value = ''] = /^([A-Za-z_][\w.-]*):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) return configFindings(key, value, { ...where, line: number });
    if (line.trim() !== '') broken.push(`line ${number}: no variable`);
    return [];
  });
  return readResult(findings, broken);
}

/** Most lines must be assignments: any other text has a few by chance. */
function assignments(text: string, where: Where): ReadResult | undefined {
  if (isJson(text)) return undefined;
  const { pairs, broken } = parseDotenv(text);
  const set = pairs.filter((pair) => !pair.commented && pair.value !== null);
  if (set.length === 0 || broken.length > set.length / 4) return undefined;
  return readResult(
    set.flatMap(({ key, value, line }) => configFindings(key, value, { ...where, line })),
    broken,
  );
}
