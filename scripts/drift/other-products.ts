import type { Application, Fact } from '../model.ts';
import { isLibraryKey } from '../services/library-keys.ts';
import { platformOf } from '../services/platform-keys.ts';
import { serviceOfKey } from '../services/subject.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { variablesOf } from './property-names.ts';

/** Formats whose units developers start beside the application, by the image of somebody else too. */
const STARTS_OTHERS = new Set(['compose']);
/** Of the keys that a container is given, the share that the program reads where the container is its own. */
const OWN_SHARE = 0.5;
/** Readers of what a cluster or a platform is given to run: the images there are the application's, or run beside it on purpose. */
const DEPLOYS = new Set([
  'helm-values',
  'kubernetes',
  'helm-template',
  'ecs-task-definition',
  'nomad',
  'render',
  'kamal',
]);

/**
 * The facts without what other products' containers are configured with. A compose file that starts a neighbour's published image gives
 * it variables and a database of its own: neither is the application's. That the container runs, and its image, stay.
 */
export function withoutOtherProducts(facts: readonly Fact[], applications: readonly Application[]): readonly Fact[] {
  const foreign = unitsOfOthers(facts, applications);
  if (foreign.size === 0) return facts;
  const databases = servicesOfOthers(facts, foreign);
  return facts.filter((fact) => {
    const unit = unitKey(fact);
    if (unit === undefined) return true;
    if (databases.has(unit)) return false;
    return !foreign.has(unit) || fact.surface === 'operations';
  });
}

/** A unit of one file; names recur in other files. */
function unitKey({ unit, evidence }: Fact): string | undefined {
  return unit === undefined ? undefined : `${evidence.path}\u0000${unit}`;
}

/** Units that run an image that is neither built here, nor deployed from here, nor named like an application of the repository. */
function unitsOfOthers(facts: readonly Fact[], applications: readonly Application[]): Set<string> {
  const found = new Set<string>();
  const images = facts.filter((fact) => STARTS_OTHERS.has(fact.reader) && isOfUnknownKind(fact));
  if (images.length === 0) return found;
  const isOwn = ownImageTest(facts, applications);
  const read = keysRead(facts);
  for (const image of images) {
    const unit = unitKey(image);
    if (unit === undefined || image.value === null || isOwn(String(image.value))) continue;
    const own = facts.filter((fact) => unitKey(fact) === unit);
    const isMade = own.some((fact) => fact.attribute === 'env-file' || isBuild(fact));
    const keys = ofItsOwn(own);
    const known = keys.filter((fact) => read.has(fact.subject));
    if (!isMade && (keys.length === 0 || known.length < keys.length * OWN_SHARE)) found.add(unit);
  }
  return found;
}

function isOfUnknownKind(fact: Fact): boolean {
  return fact.attribute === 'image' && fact.surface === 'operations';
}

function isBuild({ attribute, value }: Fact): boolean {
  return attribute === 'build-context' || (attribute === 'process' && value === 'build');
}

/** Whether an image is called like an application of the repository, or like one that the repository builds or deploys. */
function ownImageTest(facts: readonly Fact[], applications: readonly Application[]): (image: string) => boolean {
  const built = new Set(facts.filter(isBuild).map(unitKey));
  const images = facts.filter(
    (fact) => isOfUnknownKind(fact) && (DEPLOYS.has(fact.reader) || built.has(unitKey(fact))) && fact.value !== null,
  );
  const names = [
    ...applications.flatMap(({ name, path }) => [name, path.split('/').at(-1) ?? '']),
    ...images.map((fact) => lastNameOf(String(fact.value))),
  ]
    .map((name) => name.toLowerCase())
    .filter((name) => name.length > 2);
  return (image) => {
    const parts = pathOf(image).toLowerCase().split('/');
    const last = parts.at(-1) ?? '';
    return /[${}]/.test(last) || names.some((name) => parts.includes(name) || isLike(last, name));
  };
}

/** `shop-worker` and `shop` are of one product. */
function isLike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (
    long === short ||
    (short !== '' && new RegExp(`^${escapePattern(short)}[-_]|[-_]${escapePattern(short)}$`).test(long))
  );
}

function pathOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
}

function lastNameOf(image: string): string {
  return pathOf(image).split('/').at(-1) ?? '';
}

/** The keys that tell one program from another: any may read NODE_ENV and DATABASE_URL. Where there are only such, those. */
function ofItsOwn(facts: readonly Fact[]): Fact[] {
  const connects = new Set(facts.filter((fact) => fact.attribute === 'scheme').map((fact) => fact.evidence.line));
  const keys = facts.filter((fact) => fact.surface === 'config' && fact.attribute === 'value');
  const own = keys.filter(
    ({ subject, evidence }) =>
      !connects.has(evidence.line) && !platformOf(subject) && !isLibraryKey(subject) && !serviceOfKey(subject),
  );
  return own.length > 0 ? own : keys;
}

/** The variables that the program's own text asks for, those of properties included. */
function keysRead(facts: readonly Fact[]): Set<string> {
  const reads = facts.filter(
    (fact) => fact.attribute === 'read' && fact.surface === 'config' && fact.unit === undefined,
  );
  return new Set(
    reads
      .filter((fact) => !STARTS_OTHERS.has(fact.reader))
      .flatMap(({ subject }) => (subject.includes('.') ? variablesOf(subject) : [subject])),
  );
}

/** Services that only other products' containers depend on or connect to, and that no deployment of the application has. */
function servicesOfOthers(facts: readonly Fact[], foreign: ReadonlySet<string>): Set<string> {
  const images = facts.filter((fact) => fact.attribute === 'image' && fact.surface === 'services');
  const deployed = new Set(images.filter((fact) => DEPLOYS.has(fact.reader)).map((fact) => fact.subject));
  const services = images.filter((fact) => STARTS_OTHERS.has(fact.reader) && !deployed.has(fact.subject));
  const told = facts.filter(
    (fact) => typeof fact.value === 'string' && (fact.surface === 'config' || isDependency(fact)),
  );
  return new Set(
    services.flatMap((service) => {
      const { unit } = service;
      const key = unitKey(service);
      if (unit === undefined || key === undefined) return [];
      const ports = facts.filter((fact) => unitKey(fact) === key && fact.attribute === 'port').map(publishedPort);
      const users = told.filter(
        (fact) =>
          unitKey(fact) !== key &&
          (isDependency(fact)
            ? fact.value === unit && fact.evidence.path === service.evidence.path
            : isHostIn(String(fact.value), unit, ports)),
      );
      return users.length > 0 && users.every((fact) => foreign.has(unitKey(fact) ?? '')) ? [key] : [];
    }),
  );
}

function isDependency({ attribute }: Fact): boolean {
  return attribute === 'depends-on';
}

/** The port of the machine that `5434:5432` opens. */
function publishedPort({ value }: Fact): string {
  return (
    String(value ?? '')
      .split(':')
      .at(-2) ?? ''
  );
}

/** Whether a value leads to a host of that name, or to one of its ports on the machine itself. */
function isHostIn(value: string, name: string, ports: readonly string[]): boolean {
  const hosts = [...value.matchAll(/(?:^|[/@,])([\w.-]+)(?::(\d+))?(?=$|[/:?,])/g)];
  return hosts.some(
    ([, host = '', port = '']) => host === name || (/^(?:localhost|127\.0\.0\.1)$/.test(host) && ports.includes(port)),
  );
}
