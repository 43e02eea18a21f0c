import { basename } from 'node:path/posix';
import { environmentOfPath } from '../environments/names.ts';
import type { EnvironmentClass } from '../model.ts';
import { roleOf } from '../repository/path-role.ts';
import { parseDotenv } from '../syntax/dotenv.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';

const FAMILY =
  /^(?:\.env(?:[._-][\w.-]+)?|(?:[\w.-]+)?\.env|env\.(?:example|sample|template|dist|defaults?)|[\w-]+\.env(?:\.[\w-]+)?)$/;
/** Programs, data and sealed files that only share the name. */
const NOT_OF_IT =
  /\.(?:[cm]?[jt]sx?|json5?|ya?ml|py|rb|sh|md|txt|html|vue|toml|xml|properties|lock|bak|vault|keys|enc|encrypted|gpg|age|sops|schema)$/;

export const dotenv: Reader = {
  name: 'dotenv',
  reads: 'the `.env*` family: `.env`, `.env.example`, `.env.production`, `backend.env`, `env.example`',
  reach: LAPTOP,
  matches: (path) => FAMILY.test(basename(path)) && !NOT_OF_IT.test(basename(path)),
  read(file) {
    const named = environmentOfFile(file.path);
    const { pairs, broken } = parseDotenv(file.text);
    const findings = pairs.flatMap(({ key, value, line, commented }): Finding[] => {
      if (commented) {
        return [{ surface: 'config', subject: key, attribute: 'commented', value, ...named, line }];
      }
      if (value === null) {
        return [{ surface: 'config', subject: key, attribute: 'value', value, ...named, line }];
      }
      return configFindings(key, value, { ...named, line });
    });
    return { findings, broken };
  },
};

/** Folders whose files are deployed: `overlays/dev/app.env` is of a shared `dev`, and not of a developer's machine. */
const DEPLOYED_FOLDERS =
  /(?:^|\/)(?:overlays|kustomize|k8s|kubernetes|helm|charts?|deploy|deployments?|infra|infrastructure)\//;

/** What a file of the test suite sets is in force under test only, whichever environment the suite is aimed at. */
function environmentOfFile(path: string): { environment: string; class?: EnvironmentClass } {
  if (roleOf(path) === 'test') return { environment: 'test' };
  const named = environmentOfPath(path, DEPLOYED_FOLDERS.test(path) ? 'deployed' : 'developer');
  return named ? { environment: named.name, class: named.class } : { environment: 'local' };
}
