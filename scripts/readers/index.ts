import { ansible } from './ansible.ts';
import { bicep } from './bicep.ts';
import { cdk } from './cdk.ts';
import { circleci } from './circleci.ts';
import { cloudFoundry } from './cloud-foundry.ts';
import { cloudformation } from './cloudformation.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { ecsTaskDefinition } from './ecs-task-definition.ts';
import { environmentConfig } from './environment-config.ts';
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
import { nomad } from './nomad.ts';
import { packageJson } from './package-json.ts';
import { pulumi } from './pulumi.ts';
import { pyproject } from './pyproject.ts';
import { python } from './python.ts';
import type { Reader } from './reader.ts';
import { requirements } from './requirements.ts';
import { ruby } from './ruby.ts';
import { serverless } from './serverless.ts';
import { terraform } from './terraform.ts';
import { terraformVariables } from './terraform-variables.ts';
import { terragrunt } from './terragrunt.ts';
import { toolVersions } from './tool-versions.ts';
import { versionFile } from './version-file.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [
  ansible,
  bicep,
  cdk,
  circleci,
  cloudFoundry,
  cloudformation,
  compose,
  dockerfile,
  dotenv,
  ecsTaskDefinition,
  environmentConfig,
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
  nomad,
  packageJson,
  pulumi,
  pyproject,
  python,
  requirements,
  ruby,
  serverless,
  terraform,
  terraformVariables,
  terragrunt,
  toolVersions,
  versionFile,
];
