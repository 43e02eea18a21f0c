import { apache } from './apache.ts';
import { auth0Tenant } from './auth0-tenant.ts';
import { authentikBlueprint } from './authentik-blueprint.ts';
import { caddyfile } from './caddyfile.ts';
import { circleci } from './circleci.ts';
import { compose } from './compose.ts';
import { dex } from './dex.ts';
import { dockerfile } from './dockerfile.ts';
import { documentation } from './documentation.ts';
import { dotenv } from './dotenv.ts';
import { environmentConfig } from './environment-config.ts';
import { envoy } from './envoy.ts';
import { gemfile } from './gemfile.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { goMod } from './go-mod.ts';
import { haproxy } from './haproxy.ts';
import { helmTemplate } from './helm-template.ts';
import { helmValues } from './helm-values.ts';
import { helmfile } from './helmfile.ts';
import { javascript } from './javascript.ts';
import { keycloakRealm } from './keycloak-realm.ts';
import { kubernetes } from './kubernetes.ts';
import { mise } from './mise.ts';
import { nginx } from './nginx.ts';
import { oauth2Proxy } from './oauth2-proxy.ts';
import { ory } from './ory.ts';
import { packageJson } from './package-json.ts';
import { pyproject } from './pyproject.ts';
import { python } from './python.ts';
import type { Reader } from './reader.ts';
import { requirements } from './requirements.ts';
import { ruby } from './ruby.ts';
import { skaffold } from './skaffold.ts';
import { tiltfile } from './tiltfile.ts';
import { toolVersions } from './tool-versions.ts';
import { traefik } from './traefik.ts';
import { versionFile } from './version-file.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [
  apache,
  auth0Tenant,
  authentikBlueprint,
  caddyfile,
  circleci,
  compose,
  dex,
  dockerfile,
  documentation,
  dotenv,
  environmentConfig,
  envoy,
  gemfile,
  gemfileLock,
  githubActions,
  gitlabCi,
  goMod,
  haproxy,
  helmTemplate,
  helmValues,
  helmfile,
  javascript,
  keycloakRealm,
  kubernetes,
  mise,
  nginx,
  oauth2Proxy,
  ory,
  packageJson,
  pyproject,
  python,
  requirements,
  ruby,
  skaffold,
  tiltfile,
  toolVersions,
  traefik,
  versionFile,
];
