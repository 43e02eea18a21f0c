import { basename } from 'node:path/posix';
import { classOf, environmentIn, environmentOfFileName } from '../environments/names.ts';
import type { EnvironmentClass } from '../model.ts';
import { roleOf } from '../repository/path-role.ts';
import { parseJson } from '../syntax/json.ts';
import { at, entries, type Tree } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { configFindings, schemeFindings } from './support/config-findings.ts';
import { engineFindings, settingFindings, settingsIn } from './support/framework-settings.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';

const SETTINGS = /(?:^|\/)appsettings(?:\.([\w-]+))?\.json$/i;
const LAUNCH = /(?:^|\/)launchSettings\.json$/i;
/** Stands where another place fills in the value. */
const PLACEHOLDER = /^(?:SECRET|CHANGE_?ME|TODO|REPLACE_?ME|\*{3,}|#\{[^}]*\}#?)$/i;
/** `Host=db;Database=shop`, `Data Source=shop.db`: which service a connection string of ADO.NET reaches. */
const CONNECTION = /^\s*(?:[A-Za-z ]{2,40}=[^;]{0,200};?\s*){1,40}$/;

export const aspnet: Reader = {
  name: 'aspnet',
  reads:
    'ASP.NET’s `appsettings.json` and `appsettings.{Environment}.json`, and the variables of `launchSettings.json`',
  reach: EVERYWHERE,
  endings: ['.json'],
  matches: (path) => (SETTINGS.test(path) || LAUNCH.test(path)) && isProgramOfApplication(path),
  definitions: (file) => deploymentOf(file.path),
  read(file, definitions = []) {
    const { tree, broken } = parseJson(file.text.replace(/^\uFEFF/, ' '));
    if (!tree) return readResult([], broken);
    if (LAUNCH.test(file.path)) return readResult(launchFindings(tree), broken);
    const places = placesOf(file.path, new Set(definitions));
    return readResult(
      places.flatMap((where) => settingsOf(where, tree)),
      broken,
    );
  },
};

function settingsOf({ conditional, ...where }: Where, tree: Tree): Finding[] {
  return settingsIn(tree).flatMap(({ keys, text, line }): Finding[] => {
    const name = keys.join(':');
    const place = { ...where, line };
    if (/^\$?schema$/i.test(keys[0] ?? '') || text === null) return [];
    const told = PLACEHOLDER.test(text) ? null : text;
    if (!isConnection(keys, text)) return settingFindings(name, told, place, { conditional });
    const attribute = conditional ? 'conditional-value' : 'value';
    const said = findingAt(place, { surface: 'config', subject: name, attribute, value: text === '' ? '' : null });
    return conditional ? [said] : [said, ...schemeFindings(name, text, place), ...providerFindings(text, place)];
  });
}

interface Where {
  environment: string;
  class?: EnvironmentClass;
  conditional: boolean;
}

/**
 * The environments of a file. `appsettings.Production.json` is named for the host's environment, which every deployment sets alike
 * where deployments have files of a scheme of their own beside it (`appsettings.aks_staging.json`).
 */
function placesOf(path: string, deployments: ReadonlySet<string>): Where[] {
  const suffix = SETTINGS.exec(basename(path))?.[1];
  const own = whereOf(path, suffix);
  if (suffix === undefined || classOf(suffix) !== 'production' || own.environment === 'test') return [own];
  const others = [...deployments].map((each) => JSON.parse(each) as { environment: string; class: EnvironmentClass });
  if (!others.some((each) => each.class === 'production')) return [own];
  return [own, ...others.flatMap((each) => (each.class === 'production' ? [] : [{ ...each, conditional: false }]))];
}

/** A file by another name than an environment's is loaded where something outside of it says so. */
function whereOf(path: string, suffix: string | undefined): Where {
  if (roleOf(path) === 'test') return { environment: 'test', conditional: false };
  if (suffix === undefined) return { environment: 'shared', conditional: false };
  if (classOf(suffix) !== undefined) return { environment: suffix, conditional: false };
  const within = deployedIn(suffix) ?? hostedIn(suffix);
  return within ? { ...within, conditional: false } : { environment: 'shared', conditional: true };
}

/** What tells a file of all programs of an environment from that of one. */
const FOR_ALL = /[_-](?:shared|common|global)$/i;

/** `aks_production`, `azure-staging_shared`: where it runs, and which environment it is. */
function deployedIn(suffix: string): { environment: string; class: EnvironmentClass } | undefined {
  if (!/[_-]/.test(suffix)) return undefined;
  const found = environmentOfFileName(`${suffix.replace(FOR_ALL, '')}.json`, 'deployed');
  return found && { environment: found.name, class: found.class };
}

/** `EndToEndTests`, `LocalDevelopment`: a host's environment by a name of its own, whose last word tells what it is. */
function hostedIn(suffix: string): { environment: string; class: EnvironmentClass } | undefined {
  if (!/^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+){1,4}$/.test(suffix)) return undefined;
  const last = /[A-Z][a-z0-9]+$/.exec(suffix)?.[0] ?? '';
  const found = environmentIn(last);
  return found && { environment: suffix, class: found.class };
}

/** The deployed environment that a settings file is for, where its name has more than the environment's. */
function deploymentOf(path: string): string[] {
  const suffix = SETTINGS.exec(basename(path))?.[1];
  const found =
    suffix === undefined || roleOf(path) === 'test' || classOf(suffix) !== undefined ? undefined : deployedIn(suffix);
  return found ? [JSON.stringify(found)] : [];
}

function isConnection(keys: readonly string[], text: string): boolean {
  if (/^ConnectionStrings?$/i.test(keys.at(-2) ?? '') || /ConnectionString$/i.test(keys.at(-1) ?? '')) return true;
  return text.includes(';') && text.length < 2000 && /\b(?:Password|Pwd|User Id|Uid|Data Source)\s{0,4}=/i.test(text);
}

/** The engine that only one kind of connection string is written for. */
function providerFindings(text: string, place: { environment: string; line: number }): Finding[] {
  if (text.length > 2000 || !CONNECTION.test(text)) return [];
  if (/\bData Source\s{0,4}=[^;]{1,200}\.(?:db|sqlite3?)\b/i.test(text)) return engineFindings('sqlite', place);
  if (/\b(?:TrustServerCertificate|Initial Catalog|Trusted_Connection|MultipleActiveResultSets)\s{0,4}=/i.test(text))
    return engineFindings('sqlserver', place);
  if (/\bHost\s{0,4}=[^;]{1,200};/i.test(text) && /\bUsername\s{0,4}=/i.test(text))
    return engineFindings('postgresql', place);
  return [];
}

/** What a developer's `dotnet run` sets. */
function launchFindings(tree: Tree): Finding[] {
  const variables = entries(at(tree, 'profiles')).flatMap((profile) =>
    entries(at(profile.value, 'environmentVariables')).flatMap(({ key, value, line }) =>
      value.kind === 'scalar' ? configFindings(key, value, { environment: 'local', line }) : [],
    ),
  );
  const login = ['windowsAuthentication', 'anonymousAuthentication'].flatMap((key) => {
    const node = at(tree, 'iisSettings', key);
    return node?.kind === 'scalar' && node.value === (key === 'windowsAuthentication')
      ? settingFindings(`iisSettings:${key}`, node.text, { environment: 'local', line: node.line })
      : [];
  });
  return [...variables, ...login];
}
