import { amplify } from './amplify.ts';
import { appEngine } from './app-engine.ts';
import { azurePipelines } from './azure-pipelines.ts';
import { bitbucketPipelines } from './bitbucket-pipelines.ts';
import { buildWrapper } from './build-wrapper.ts';
import { buildkite } from './buildkite.ts';
import { capistrano } from './capistrano.ts';
import { cargoToml } from './cargo-toml.ts';
import { circleci } from './circleci.ts';
import { cloudBuild } from './cloud-build.ts';
import { compose } from './compose.ts';
import { composerJson } from './composer-json.ts';
import { csproj } from './csproj.ts';
import { devcontainer } from './devcontainer.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { drone } from './drone.ts';
import { elasticBeanstalk } from './elastic-beanstalk.ts';
import { environmentConfig } from './environment-config.ts';
import { firebase } from './firebase.ts';
import { fly } from './fly.ts';
import { gemfile } from './gemfile.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { globalJson } from './global-json.ts';
import { goMod } from './go-mod.ts';
import { gradleBuild } from './gradle-build.ts';
import { helmTemplate } from './helm-template.ts';
import { helmValues } from './helm-values.ts';
import { heroku } from './heroku.ts';
import { javascript } from './javascript.ts';
import { jenkinsfile } from './jenkinsfile.ts';
import { kamal } from './kamal.ts';
import { kubernetes } from './kubernetes.ts';
import { lockfiles } from './lockfiles.ts';
import { mise } from './mise.ts';
import { mixExs } from './mix-exs.ts';
import { netlify } from './netlify.ts';
import { packageJson } from './package-json.ts';
import { pom } from './pom.ts';
import { procfile } from './procfile.ts';
import { pyproject } from './pyproject.ts';
import { python } from './python.ts';
import { railway } from './railway.ts';
import type { Reader } from './reader.ts';
import { render } from './render.ts';
import { requirements } from './requirements.ts';
import { ruby } from './ruby.ts';
import { runtimeTxt } from './runtime-txt.ts';
import { rustToolchain } from './rust-toolchain.ts';
import { sdkman } from './sdkman.ts';
import { sqlDump } from './sql-dump.ts';
import { strongMigrations } from './strong-migrations.ts';
import { supervisord } from './supervisord.ts';
import { systemd } from './systemd.ts';
import { toolVersions } from './tool-versions.ts';
import { travis } from './travis.ts';
import { vercel } from './vercel.ts';
import { versionFile } from './version-file.ts';
import { woodpecker } from './woodpecker.ts';
import { wrangler } from './wrangler.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [
  amplify,
  appEngine,
  azurePipelines,
  bitbucketPipelines,
  buildWrapper,
  buildkite,
  capistrano,
  cargoToml,
  circleci,
  cloudBuild,
  compose,
  composerJson,
  csproj,
  devcontainer,
  dockerfile,
  dotenv,
  drone,
  elasticBeanstalk,
  environmentConfig,
  firebase,
  fly,
  gemfile,
  gemfileLock,
  githubActions,
  gitlabCi,
  globalJson,
  goMod,
  gradleBuild,
  helmTemplate,
  helmValues,
  heroku,
  javascript,
  jenkinsfile,
  kamal,
  kubernetes,
  lockfiles,
  mise,
  mixExs,
  netlify,
  packageJson,
  pom,
  procfile,
  pyproject,
  python,
  railway,
  render,
  requirements,
  ruby,
  runtimeTxt,
  rustToolchain,
  sdkman,
  sqlDump,
  strongMigrations,
  supervisord,
  systemd,
  toolVersions,
  travis,
  vercel,
  versionFile,
  woodpecker,
  wrangler,
];
