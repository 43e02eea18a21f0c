import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import vocabulary from '../../resources/formats.json' with { type: 'json' };
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { readers } from '../../scripts/readers/index.ts';
import { fixture } from '../support/facts-of.ts';
import { formatsPage } from '../support/make-tables.ts';

interface Format {
  name: string;
  readers?: string[];
  notYet?: string;
  files?: string[];
}

const root = join(import.meta.dirname, '..', '..');
const formats: Format[] = vocabulary.groups.flatMap((group): Format[] => group.formats);

/** Formats that must have a row, read or honestly not. */
const PROMISED = [
  // Containers
  'Compose',
  'Dockerfile, Containerfile',
  'Development containers',
  'Procfile',
  'systemd units',
  'supervisord',
  // CI
  'GitHub Actions',
  'GitLab CI',
  'CircleCI',
  'Buildkite',
  'Azure Pipelines',
  'Bitbucket Pipelines',
  'Travis CI',
  'Jenkinsfile',
  'Cloud Build',
  'Drone',
  'Woodpecker',
  // Orchestration
  'Kubernetes manifests',
  'Helm charts',
  'Kustomize',
  'helmfile',
  'Argo CD',
  'Skaffold',
  'Tilt',
  'nais',
  'Nomad',
  'ECS task definitions',
  'Cloud Foundry manifests',
  'Knative',
  'OpenShift templates',
  // Infrastructure as code
  'Terraform and OpenTofu',
  'Terragrunt',
  'Pulumi',
  'Pulumi and CDK programs in Go, C# and Java',
  'CDK',
  'SST',
  'CloudFormation and SAM',
  'Bicep',
  'ARM templates',
  'Ansible',
  'Serverless Framework',
  // Platforms
  'Heroku',
  'Fly',
  'Render',
  'Railway',
  'Vercel',
  'Netlify',
  'Cloudflare Workers',
  'App Engine',
  'Cloud Run',
  'Firebase',
  'Amplify',
  'Elastic Beanstalk',
  'Dokku',
  'Coolify',
  'Nixpacks, which Coolify and Railway build with',
  'Kamal',
  'Capistrano',
  // Runtime versions
  'Version files',
  'asdf',
  'mise',
  'SDKMAN',
  'rust-toolchain',
  'global.json',
  'runtime.txt',
  'Gradle and Maven wrappers',
  'composer.json',
  'mix.exs',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  '.NET projects',
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'Gemfile',
  'go.mod',
  'cpanfile',
  'Lockfiles',
  'Browsers of end-to-end tests',
  'Database dumps',
  'Migration-safety settings',
  'Makefiles',
  'justfiles',
  'Taskfiles',
  'direnv',
  'Pipfile',
  'Conda environments',
  'Nix',
  // Application configuration
  'Rails',
  'Django settings',
  'Flask',
  'Spring',
  'ASP.NET',
  'Phoenix',
  'Laravel',
  'Env files',
  'Symfony',
  'node-config',
  'convict',
  'Next, Nuxt, Vite, Remix, Astro',
  'Prisma',
  'Sequelize',
  'Configuration named after an environment',
  'What program text reads',
  'Feature flags',
  'Security settings in program text',
  'Queues, jobs and schedules',
  'Mocks, seeds and bypasses',
  'VCR cassettes',
  'WireMock mappings',
  // Edge and identity
  'nginx',
  'Caddy',
  'Traefik',
  'HAProxy',
  'Envoy',
  'Apache',
  'ModSecurity and the OWASP Core Rule Set',
  'WAF rules',
  'Keycloak realm exports',
  'authentik blueprints',
  'Auth0 tenants',
  'Ory',
  'Dex',
  'oauth2-proxy',
  'Varnish',
  // Exports and documentation
  'Exports of dashboards and command lines',
  'Documentation',
];

test('every promised format has a row, once, and every row says what reads it or why nothing does', () => {
  const names = formats.map((each) => each.name);
  expect(PROMISED.filter((name) => !names.includes(name))).toEqual([]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(formats.filter((each) => (each.readers === undefined) === (each.notYet === undefined))).toEqual([]);
});

test('rows, registry and folder name the same readers', () => {
  const named = new Set(formats.flatMap((each) => each.readers ?? []));
  const registered = readers.map((reader) => reader.name);
  expect([...named].sort()).toEqual([...registered].sort());
  const files = readdirSync(join(root, 'scripts', 'readers')).filter((file) => file.endsWith('.ts'));
  expect([...named].filter((name) => !files.includes(`${name}.ts`))).toEqual([]);
});

test('docs/formats.md says what the rows say; if not: npm run docs', () => {
  expect(readFileSync(join(root, 'docs', 'formats.md'), 'utf8')).toBe(formatsPage());
});

test('files of formats that nothing reads are named in the coverage; the same names in documentation and fixtures are not', () => {
  const { coverage } = inspectRepository(fixture('unread-formats'));
  expect(coverage.unread.map(({ path, reason }) => `${path} ${reason.split(':')[0]}`)).toEqual([
    'Pipfile Pipfile',
    'Vagrantfile Vagrant',
    'deploy/ecosystem.config.js Settings of language servers',
    'deploy/redis.conf Settings of engines',
    'nixpacks.toml Nixpacks, which Coolify and Railway build with',
  ]);
});
