import environments from '../../../resources/environments.json' with { type: 'json' };
import vocabulary from '../../../resources/script-names.json' with { type: 'json' };
import { classOf, environmentIn, environmentNamed } from '../../environments/names.ts';
import type { EnvironmentClass } from '../../model.ts';
import { developerEnvironment } from './developer-environment.ts';

const test = new Set(vocabulary.test);
const weak = new Set(environments.weak);
const local = new Set(vocabulary.local);
const deploys = new Set(vocabulary.deploy);
const application = new Set(vocabulary.application);
const parts = new Set(vocabulary.part);

interface ScriptEnvironment {
  environment: string;
  class?: EnvironmentClass;
}

/** The environment that a script's name tells (`dev`, `start:prod`, `test:e2e`, `deploy:uat`); `undefined` where it tells none. */
export function environmentOfScript(name: string): ScriptEnvironment | undefined {
  const words = wordsOf(name);
  const first = words[0] ?? '';
  if (deploys.has(first)) {
    const deployed = environmentIn(name, 'deployed');
    // `deploy_test_db_migrations`: a word of everyday meaning in the middle tells what is deployed, not where to.
    const tells = deployed && (!weak.has(deployed.name.toLowerCase()) || words.at(-1) === deployed.name.toLowerCase());
    if (tells) return { environment: deployed.name, class: deployed.class };
  }
  // `predev` and `posttest` run with the script that they are named after.
  if (local.has(first) || local.has(first.replace(/^(?:pre|post)/, ''))) return { environment: 'local' };
  if (words.some((word) => test.has(word) || test.has(word.replace(/^(?:pre|post)/, ''))))
    return { environment: 'test' };
  const named = environmentIn(name);
  return named ? { environment: developerEnvironment(named) } : undefined;
}

/**
 * The environment that a script's own assignments are in force in. The name decides; then the mode it sets (`NODE_ENV`), where the
 * script is the one that starts or builds the application: a helper that borrows the mode (`analyze`, `start:debugger`) is not production.
 */
export function environmentOfScriptVariables(name: string, mode: string | undefined): ScriptEnvironment {
  const told = environmentOfScript(name);
  if (told) return told;
  const named = mode === undefined ? undefined : environmentNamed(mode);
  if (named && classOf(named.name) !== 'production') return { environment: developerEnvironment(named) };
  if (!isOfApplication(name)) return { environment: 'local' };
  return { environment: named?.name ?? 'shared' };
}

/** `build`, and `build:server` of its parts. */
function isOfApplication(name: string): boolean {
  const [first = '', ...others] = wordsOf(name);
  return application.has(first) && others.every((word) => parts.has(word) || application.has(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
