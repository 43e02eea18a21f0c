import { amplify } from './amplify.ts';
import { ansible } from './ansible.ts';
import { ansibleInventory } from './ansible-inventory.ts';
import { ansiblePlaybook } from './ansible-playbook.ts';
import { apache } from './apache.ts';
import { appEngine } from './app-engine.ts';
import { armTemplate } from './arm-template.ts';
import { aspnet } from './aspnet.ts';
import { asynchronousWork } from './asynchronous-work.ts';
import { auth0Tenant } from './auth0-tenant.ts';
import { authentikBlueprint } from './authentik-blueprint.ts';
import { azurePipelines } from './azure-pipelines.ts';
import { bicep } from './bicep.ts';
import { bitbucketPipelines } from './bitbucket-pipelines.ts';
import { buildInputs } from './build-inputs.ts';
import { buildWrapper } from './build-wrapper.ts';
import { buildkite } from './buildkite.ts';
import { builtInClients } from './built-in-clients.ts';
import { caddyfile } from './caddyfile.ts';
import { capistrano } from './capistrano.ts';
import { cargoToml } from './cargo-toml.ts';
import { cdk } from './cdk.ts';
import { chartCommands } from './chart-commands.ts';
import { circleci } from './circleci.ts';
import { cloudBuild } from './cloud-build.ts';
import { cloudFoundry } from './cloud-foundry.ts';
import { cloudformation } from './cloudformation.ts';
import { compose } from './compose.ts';
import { composerJson } from './composer-json.ts';
import { cpanfile } from './cpanfile.ts';
import { csharp } from './csharp.ts';
import { csproj } from './csproj.ts';
import { dataCommands } from './data-commands.ts';
import { databaseRoles } from './database-roles.ts';
import { dependencyGroups } from './dependency-groups.ts';
import { devcontainer } from './devcontainer.ts';
import { dex } from './dex.ts';
import { djangoSettings } from './django-settings.ts';
import { dockerfile } from './dockerfile.ts';
import { documentation } from './documentation.ts';
import { dotenv } from './dotenv.ts';
import { drone } from './drone.ts';
import { ecsTaskDefinition } from './ecs-task-definition.ts';
import { elasticBeanstalk } from './elastic-beanstalk.ts';
import { elixir } from './elixir.ts';
import { entityFramework } from './entity-framework.ts';
import { environmentConfig } from './environment-config.ts';
import { envoy } from './envoy.ts';
import { envrc } from './envrc.ts';
import { featureFlags } from './feature-flags.ts';
import { firebase } from './firebase.ts';
import { flaskConfig } from './flask-config.ts';
import { fly } from './fly.ts';
import { frameworkConfig } from './framework-config.ts';
import { gemfile } from './gemfile.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { globalJson } from './global-json.ts';
import { go } from './go.ts';
import { goMod } from './go-mod.ts';
import { gradleBuild } from './gradle-build.ts';
import { gunicornConfig } from './gunicorn-config.ts';
import { haproxy } from './haproxy.ts';
import { helmChart } from './helm-chart.ts';
import { helmTemplate } from './helm-template.ts';
import { helmValues } from './helm-values.ts';
import { helmfile } from './helmfile.ts';
import { heroku } from './heroku.ts';
import { hocon } from './hocon.ts';
import { infrastructureProgram } from './infrastructure-program.ts';
import { installedPackages } from './installed-packages.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { jenkinsfile } from './jenkinsfile.ts';
import { justfile } from './justfile.ts';
import { kamal } from './kamal.ts';
import { keycloakRealm } from './keycloak-realm.ts';
import { kotlin } from './kotlin.ts';
import { kubernetes } from './kubernetes.ts';
import { laravel } from './laravel.ts';
import { litefs } from './litefs.ts';
import { lockfiles } from './lockfiles.ts';
import { makefile } from './makefile.ts';
import { mise } from './mise.ts';
import { mixExs } from './mix-exs.ts';
import { modsecurity } from './modsecurity.ts';
import { netlify } from './netlify.ts';
import { nginx } from './nginx.ts';
import { nodeConfig } from './node-config.ts';
import { nomad } from './nomad.ts';
import { oauth2Proxy } from './oauth2-proxy.ts';
import { ory } from './ory.ts';
import { packageJson } from './package-json.ts';
import { phoenix } from './phoenix.ts';
import { php } from './php.ts';
import { phpunit } from './phpunit.ts';
import { platformCommands } from './platform-commands.ts';
import { pom } from './pom.ts';
import { prisma } from './prisma.ts';
import { procfile } from './procfile.ts';
import { pulumi } from './pulumi.ts';
import { pyproject } from './pyproject.ts';
import { pytestEnvironment } from './pytest-environment.ts';
import { python } from './python.ts';
import { railsEnvironment } from './rails-environment.ts';
import { railsYaml } from './rails-yaml.ts';
import { railway } from './railway.ts';
import type { Reader } from './reader.ts';
import { refusals } from './refusals.ts';
import { render } from './render.ts';
import { requirements } from './requirements.ts';
import { roleData } from './role-data.ts';
import { ruby } from './ruby.ts';
import { runtimeTxt } from './runtime-txt.ts';
import { rust } from './rust.ts';
import { rustToolchain } from './rust-toolchain.ts';
import { sdkman } from './sdkman.ts';
import { securitySettings } from './security-settings.ts';
import { sequelize } from './sequelize.ts';
import { serverless } from './serverless.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { skaffold } from './skaffold.ts';
import { spring } from './spring.ts';
import { sqlDump } from './sql-dump.ts';
import { startedServices } from './started-services.ts';
import { strongMigrations } from './strong-migrations.ts';
import { substitutedConfig } from './substituted-config.ts';
import { supervisord } from './supervisord.ts';
import { symfony } from './symfony.ts';
import { systemd } from './systemd.ts';
import { taskfile } from './taskfile.ts';
import { terraform } from './terraform.ts';
import { terraformJson } from './terraform-json.ts';
import { terraformLock } from './terraform-lock.ts';
import { terraformVariables } from './terraform-variables.ts';
import { terragrunt } from './terragrunt.ts';
import { testOverrides } from './test-overrides.ts';
import { tiltfile } from './tiltfile.ts';
import { toolVersions } from './tool-versions.ts';
import { traefik } from './traefik.ts';
import { travis } from './travis.ts';
import { turbo } from './turbo.ts';
import { unexpandedExpressions } from './unexpanded-expressions.ts';
import { vercel } from './vercel.ts';
import { versionFile } from './version-file.ts';
import { woodpecker } from './woodpecker.ts';
import { wrangler } from './wrangler.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [
  amplify,
  ansible,
  ansibleInventory,
  ansiblePlaybook,
  apache,
  appEngine,
  armTemplate,
  aspnet,
  asynchronousWork,
  auth0Tenant,
  authentikBlueprint,
  azurePipelines,
  bicep,
  bitbucketPipelines,
  buildInputs,
  buildWrapper,
  buildkite,
  builtInClients,
  caddyfile,
  capistrano,
  cargoToml,
  cdk,
  chartCommands,
  circleci,
  cloudBuild,
  cloudFoundry,
  cloudformation,
  compose,
  composerJson,
  cpanfile,
  csharp,
  csproj,
  dataCommands,
  databaseRoles,
  dependencyGroups,
  devcontainer,
  dex,
  djangoSettings,
  dockerfile,
  documentation,
  dotenv,
  drone,
  ecsTaskDefinition,
  elasticBeanstalk,
  elixir,
  entityFramework,
  environmentConfig,
  envoy,
  envrc,
  featureFlags,
  firebase,
  flaskConfig,
  fly,
  frameworkConfig,
  gemfile,
  gemfileLock,
  githubActions,
  gitlabCi,
  globalJson,
  go,
  goMod,
  gradleBuild,
  gunicornConfig,
  haproxy,
  helmChart,
  helmTemplate,
  helmValues,
  helmfile,
  heroku,
  hocon,
  infrastructureProgram,
  installedPackages,
  java,
  javascript,
  jenkinsfile,
  justfile,
  kamal,
  keycloakRealm,
  kotlin,
  kubernetes,
  laravel,
  litefs,
  lockfiles,
  makefile,
  mise,
  mixExs,
  modsecurity,
  netlify,
  nginx,
  nodeConfig,
  nomad,
  oauth2Proxy,
  ory,
  packageJson,
  phoenix,
  php,
  phpunit,
  platformCommands,
  pom,
  prisma,
  procfile,
  pulumi,
  pyproject,
  pytestEnvironment,
  python,
  railsEnvironment,
  railsYaml,
  railway,
  refusals,
  render,
  requirements,
  roleData,
  ruby,
  runtimeTxt,
  rust,
  rustToolchain,
  sdkman,
  securitySettings,
  sequelize,
  serverless,
  shell,
  signIn,
  skaffold,
  spring,
  sqlDump,
  startedServices,
  strongMigrations,
  substitutedConfig,
  supervisord,
  symfony,
  systemd,
  taskfile,
  terraform,
  terraformJson,
  terraformLock,
  terraformVariables,
  terragrunt,
  testOverrides,
  tiltfile,
  toolVersions,
  traefik,
  travis,
  turbo,
  unexpandedExpressions,
  vercel,
  versionFile,
  woodpecker,
  wrangler,
];
