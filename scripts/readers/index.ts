import { asynchronousWork } from './asynchronous-work.ts';
import { circleci } from './circleci.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { environmentConfig } from './environment-config.ts';
import { featureFlags } from './feature-flags.ts';
import { gemfile } from './gemfile.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { goMod } from './go-mod.ts';
import { helmTemplate } from './helm-template.ts';
import { helmValues } from './helm-values.ts';
import { javascript } from './javascript.ts';
import { kubernetes } from './kubernetes.ts';
import { mise } from './mise.ts';
import { packageJson } from './package-json.ts';
import { pyproject } from './pyproject.ts';
import { python } from './python.ts';
import type { Reader } from './reader.ts';
import { requirements } from './requirements.ts';
import { ruby } from './ruby.ts';
import { toolVersions } from './tool-versions.ts';
import { versionFile } from './version-file.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [
  asynchronousWork,
  circleci,
  compose,
  dockerfile,
  dotenv,
  environmentConfig,
  featureFlags,
  gemfile,
  gemfileLock,
  githubActions,
  gitlabCi,
  goMod,
  helmTemplate,
  helmValues,
  javascript,
  kubernetes,
  mise,
  packageJson,
  pyproject,
  python,
  requirements,
  ruby,
  toolVersions,
  versionFile,
];
