import { basename, dirname } from 'node:path/posix';
import { parseHcl } from '../syntax/hcl.ts';
import { parseJson } from '../syntax/json.ts';
import { type Entry, entries } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingSays } from './support/resource-findings.ts';
import { settingsBelow } from './support/setting-findings.ts';
import { keyOfName, type Names, namesOf } from './support/terraform-names.ts';
import { definitionsOfTerraform } from './terraform.ts';

const FILE = /\.tfvars(?:\.json)?$/;

export const terraformVariables: Reader = {
  name: 'terraform-variables',
  reads: 'values of Terraform variables (`*.tfvars`, `*.tfvars.json`), by environment',
  reach: DEPLOYED,
  // The programs tell which variables hold a version or an image; they are read by another reader.
  endings: ['.tfvars', '.json', '.tf', '.tofu'],
  matches: (path) => FILE.test(path) || /\.(?:tf|tofu)$/.test(path),
  definitions: (file) => (FILE.test(file.path) ? [] : definitionsOfTerraform(file)),
  read(file, definitions = []) {
    if (!FILE.test(file.path)) return null;
    const { values, broken } = parse(file.path, file.text);
    const where = environmentOfInfrastructure(file.path.replace(/\.tfvars(?=\.json$)/, ''));
    const unit = unitOf(file.path, where.environment);
    const names = namesOf(definitions);
    const findings = [
      ...settingsBelow({ kind: 'map', line: 1, entries: values }, 'var', { ...where, unit }),
      ...values.flatMap((each) => usedFindings(each, dirname(file.path), names, where)),
      // Variables of a module that stands elsewhere are declared nowhere here, all of them.
      ...(isForModule(values, names) && !BACKEND.test(file.path) ? values : []).flatMap((each) =>
        names.declared.has(each.key)
          ? []
          : [
              findingAt(
                { ...where, unit, line: each.line },
                { surface: 'config', subject: `var.${each.key}`, attribute: 'undeclared-variable', value: null },
              ),
            ],
      ),
    ];
    return readResult(findings, broken);
  },
};

/** Where the state is kept, in a file that only looks like variables. */
const BACKEND = /(?:^|[/._-])backend[\w-]*\.tfvars(?:\.json)?$/;

/** Whether most of a file's variables are declared in the repository: else its module stands elsewhere. */
function isForModule(values: readonly Entry[], names: Names): boolean {
  return values.filter(({ key }) => names.declared.has(key)).length * 2 >= values.length;
}

function parse(path: string, text: string): { values: Entry[]; broken: string[] } {
  if (path.endsWith('.json')) {
    const { tree, broken } = parseJson(text);
    return { values: entries(tree), broken };
  }
  const { body, broken } = parseHcl(text);
  return { values: body.attributes, broken };
}

/** What the file is about, where its folder is the environment's: `rds` of `production/rds.tfvars`. */
function unitOf(path: string, environment: string): string | undefined {
  const stem = basename(path).replace(/(?:\.auto)?\.tfvars(?:\.json)?$/, '');
  return stem === environment || /^(?:terraform|common|variables|vars|default)$/.test(stem) ? undefined : stem;
}

/** What the resources that take a variable say with its value: those of the same folder, or all that take one of that name alike. */
function usedFindings(
  { key, value, line }: Entry,
  folder: string,
  names: Names,
  where: Omit<Place, 'line'>,
): Finding[] {
  if (value.kind !== 'scalar' || value.value === null || value.computed) return [];
  const name = `var.${key}`;
  const own = names.uses.get(keyOfName(folder, name))?.filter((use) => use.engine === undefined);
  const anywhere = names.anywhere.get(name);
  const uses = own ?? (anywhere ? [anywhere] : []);
  return uses.flatMap((use) => settingSays(use, value.text, { ...where, unit: use.unit, line }));
}
