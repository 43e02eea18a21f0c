import { classOf } from '../environments/names.ts';
import type { EnvironmentClass } from '../model.ts';
import { roleOf } from '../repository/path-role.ts';
import { isOfSpring } from '../services/spring-property.ts';
import { parseProperties } from '../syntax/properties.ts';
import { entries, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { type Setting, settingsIn } from './support/framework-settings.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { propertyFindings } from './support/property-findings.ts';
import { readResult } from './support/read-result.ts';

const PATH = /(?:^|\/)(?:application|bootstrap)(?:-([\w-]+))?\.(?:ya?ml|properties)$/;
const ON_PROFILE = ['spring.config.activate.on-profile', 'spring.profiles'];

export const spring: Reader = {
  name: 'spring',
  reads:
    'Spring’s `application*.yml` and `.properties` and `bootstrap*`: properties by profile file and profile document, and the variables that placeholders read',
  reach: EVERYWHERE,
  endings: ['.yml', '.yaml', '.properties'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  definitions: (file) => profilesOf(file.path),
  read(file, definitions = []) {
    const { documents, broken } = parse(file.path, file.text);
    const all = documents.flat();
    const profile = PATH.exec(file.path)?.[1];
    const isResource = /(?:^|\/)(?:resources|config|src)\//.test(file.path);
    if (!all.some((each) => isOfSpring(nameOf(each))) && !(isResource && profile !== undefined))
      return broken.length > 0 && isResource ? readResult([], broken) : null;
    const deployed = new Set(definitions);
    const findings = documents.flatMap((settings) => {
      const own = settings.find((each) => ON_PROFILE.includes(nameOf(each)))?.text ?? undefined;
      return placesOf(file.path, profile, own, deployed).flatMap(({ conditional, ...where }) =>
        settings
          .filter((each) => !ON_PROFILE.includes(nameOf(each)))
          .flatMap((each) => propertyFindings(each, where, { conditional })),
      );
    });
    return readResult(findings, broken);
  },
};

/** A repository with a `local` profile keeps its laptops there: its `dev` is deployed. */
function profilesOf(path: string): string[] {
  const profile = PATH.exec(path)?.[1];
  return profile !== undefined && /^local(?:host)?$/.test(profile) ? ['has a local profile'] : [];
}

function parse(path: string, text: string): { documents: Setting[][]; broken: string[] } {
  if (path.endsWith('.properties')) {
    const documents: Setting[][] = [];
    for (const { key, value, line, document } of parseProperties(text)) {
      const own = documents[document] ?? [];
      documents[document] = own;
      own.push({ keys: [key], text: value, line });
    }
    return { documents: documents.filter((each) => each !== undefined), broken: [] };
  }
  // `@name@` is what Maven fills in; a plain scalar of YAML may not begin with it.
  const { documents, broken } = parseYaml(text.replace(/(:[ \t]{1,8})@([\w.-]{1,100})@/g, '$1~$2~'));
  return { documents: documents.filter(isNotRails).map((each) => settingsIn(each)), broken };
}

/** Sections by environment at the top are Rails'. */
function isNotRails(tree: Tree): boolean {
  return entries(tree).filter((entry) => /^(?:development|test|production)$/.test(entry.key)).length < 2;
}

function nameOf({ keys }: Setting): string {
  return keys.join('.');
}

interface Where {
  environment: string;
  class?: EnvironmentClass;
  conditional: boolean;
}

/** The environments of a document's profiles. A profile that names none (`mysql`, `!prod`, `a & b`) is a condition. */
function placesOf(
  path: string,
  profile: string | undefined,
  own: string | undefined,
  known: ReadonlySet<string>,
): Where[] {
  if (roleOf(path) === 'test') return [{ environment: 'test', conditional: false }];
  const expression = own ?? profile;
  if (expression === undefined) return [{ environment: 'shared', conditional: false }];
  const setting = known.size > 0 ? 'deployed' : 'developer';
  const words = expression.split(/[,|]/).map((word) => word.trim());
  const places = words.map((word) => {
    // `dev-fss`, `prod-gcp`: an environment and where it runs.
    const name = [word, word.split('-')[0] ?? ''].find((each) => classOf(each, setting) !== undefined);
    // `a1b2c3-test`: the namespace that it runs in, which ends with the environment.
    const ofNamespace = /^[a-z]*\d[a-z\d]*-([a-z]+)$/.exec(word)?.[1];
    const cls =
      name === undefined ? (ofNamespace ? classOf(ofNamespace, 'deployed') : undefined) : classOf(name, setting);
    return cls
      ? { environment: name === undefined ? (ofNamespace ?? word) : word, class: cls, conditional: false }
      : undefined;
  });
  const told = places.flatMap((each) => each ?? []);
  return told.length === words.length ? told : [{ environment: 'shared', conditional: true }];
}
