import { aspnet } from './aspnet.ts';
import { circleci } from './circleci.ts';
import { compose } from './compose.ts';
import { djangoSettings } from './django-settings.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { environmentConfig } from './environment-config.ts';
import { flaskConfig } from './flask-config.ts';
import { frameworkConfig } from './framework-config.ts';
import { gemfile } from './gemfile.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { goMod } from './go-mod.ts';
import { helmTemplate } from './helm-template.ts';
import { helmValues } from './helm-values.ts';
import { javascript } from './javascript.ts';
import { kubernetes } from './kubernetes.ts';
import { laravel } from './laravel.ts';
import { mise } from './mise.ts';
import { nodeConfig } from './node-config.ts';
import { packageJson } from './package-json.ts';
import { phoenix } from './phoenix.ts';
import { prisma } from './prisma.ts';
import { pyproject } from './pyproject.ts';
import { python } from './python.ts';
import { railsEnvironment } from './rails-environment.ts';
import { railsYaml } from './rails-yaml.ts';
import type { Reader } from './reader.ts';
import { requirements } from './requirements.ts';
import { ruby } from './ruby.ts';
import { sequelize } from './sequelize.ts';
import { spring } from './spring.ts';
import { symfony } from './symfony.ts';
import { toolVersions } from './tool-versions.ts';
import { versionFile } from './version-file.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [
  aspnet,
  circleci,
  compose,
  djangoSettings,
  dockerfile,
  dotenv,
  environmentConfig,
  flaskConfig,
  frameworkConfig,
  gemfile,
  gemfileLock,
  githubActions,
  gitlabCi,
  goMod,
  helmTemplate,
  helmValues,
  javascript,
  kubernetes,
  laravel,
  mise,
  nodeConfig,
  packageJson,
  phoenix,
  prisma,
  pyproject,
  python,
  railsEnvironment,
  railsYaml,
  requirements,
  ruby,
  sequelize,
  spring,
  symfony,
  toolVersions,
  versionFile,
];
