import vocabulary from '../../resources/services.json' with { type: 'json' };
import type { Surface } from '../model.ts';

/** A service, runtime or provider under the one name that all formats share. */
export interface Subject {
  subject: string;
  surface: Surface;
}

interface Entry {
  surface: string;
  images?: string[];
  engines?: string[];
  packages?: string[];
  schemes?: string[];
  embedded?: boolean;
  keys?: string[];
  standIns?: string[];
  kind?: string;
}

const subjects: [string, Entry][] = Object.entries(vocabulary.subjects);

function index(words: (entry: Entry) => string[] | undefined): ReadonlyMap<string, Subject> {
  return new Map(
    subjects.flatMap(([subject, entry]) =>
      (words(entry) ?? []).map((word) => [word.toLowerCase(), { subject, surface: entry.surface as Surface }] as const),
    ),
  );
}

const byName = new Map(subjects.map(([subject, { surface }]) => [subject, { subject, surface: surface as Surface }]));
const images = index((entry) => entry.images);
const engines = index((entry) => entry.engines);
const packages = index((entry) => entry.packages);
const schemes = index((entry) => entry.schemes);

/** Whether a service is part of the program, with no server to run. */
export function isEmbedded(subject: string): boolean {
  return subjects.some(([name, entry]) => name === subject && entry.embedded === true);
}

/** What a service is one kind of (`relational database`, `cache`); services of one kind can take each other's place. */
export function kindOf(subject: string): string | undefined {
  return subjects.find(([name]) => name === subject)?.[1].kind;
}

/** Whether a config key is one of a service's own: `PGHOST` and `POSTGRES_PORT` of postgresql. */
export function isKeyOf(subject: string, key: string): boolean {
  const starts = subjects.find(([name]) => name === subject)?.[1].keys ?? [];
  return starts.some((start) => key.toUpperCase().startsWith(start));
}

/** The service that a config key is one of the own keys of. */
export function serviceOfKey(key: string): Subject | undefined {
  const found = subjects.find(([, { keys = [] }]) => keys.some((start) => key.toUpperCase().startsWith(start)));
  return found && { subject: found[0], surface: found[1].surface as Surface };
}

/** An image reference taken apart. */
export interface ImageReference {
  /** Registry and path, without tag and digest. */
  repository: string;
  /** `undefined` where there is none, or it is computed. */
  tag?: string;
  digest?: string;
  /** The version that the tag starts with (`16.4` of `16.4-alpine`), text as written; `undefined` for `latest`, `lts`, `stable`. */
  version?: string;
  /** What the image is, where the vocabulary knows. */
  known?: Subject;
  /** It stands in for the service (a mail catcher for SMTP): its version is not the service's. */
  standIn?: true;
}

/** Takes an image reference apart (`ghcr.io/org/postgres:16.4-alpine@sha256:...`). A tag of variables is no tag: `${TAG:-16}` counts as 16. */
export function parseImage(reference: string): ImageReference {
  const filled = reference.trim().replace(/\$\{[A-Za-z_]\w*:?[-=]([^}]*)\}/g, '$1');
  const [withTag = '', digest] = filled.split('@');
  const colon = withTag.lastIndexOf(':');
  const hasTag = colon > withTag.lastIndexOf('/');
  const repository = hasTag ? withTag.slice(0, colon) : withTag;
  const tag = hasTag ? withTag.slice(colon + 1) : undefined;
  const base = runtimeOfImage(repository, tag);
  const known = base ?? subjectOfImage(repository);
  // The tag of an image of one's own is its own version.
  const own = builtOn(repository.toLowerCase().split('/').at(-1) ?? '') !== undefined;
  const tagged =
    tag === undefined || own ? undefined : (engineInTag(known, tag) ?? versionOfTag(ownTag(repository, tag)));
  const version = base?.version ?? tagged;
  return {
    repository,
    ...(tag !== undefined && !/[${}]/.test(tag) ? { tag } : {}),
    ...(digest ? { digest } : {}),
    ...(version ? { version } : {}),
    ...(known ? { known: { subject: known.subject, surface: known.surface } } : {}),
    ...(known && isStandIn(known.subject, repository) ? { standIn: true } : {}),
  };
}

/**
 * The runtime that an organisation's own base image brings: `acme/acme-eclipse-temurin:21-jre` and `distroless/java21-debian12` are java 21.
 * A name alone may be an application's; a tag that starts with a version of the runtime, or a name with its number, is no application's.
 */
function runtimeOfImage(repository: string, tag: string | undefined): (Subject & { version: string }) | undefined {
  const last = repository.toLowerCase().split('/').at(-1) ?? '';
  const [, word = '', digits = ''] =
    /^(java|openjdk|node|nodejs|python)-?(\d{1,3}(?:\.\d+)?)(?:-[\w.-]+)?$/.exec(last) ?? [];
  const [name, written] =
    word === ''
      ? [/(?:^|[-_])([a-z]+)$/.exec(last)?.[1] ?? '', /^(\d+(?:\.\d+)*)(?=$|[-_+])/.exec(tag ?? '')?.[1] ?? '']
      : [word, digits];
  const found = vocabulary.baseImages.find((each) => each.words.includes(name));
  const entry = found && byName.get(found.subject);
  if (!entry || (word === '' && subjectOfImage(repository))) return undefined;
  const version = found.subject === 'python' ? written.replace(/^3(?=[1-9]\d?$)/, '3.') : written;
  const major = Number(/^\d+/.exec(version)?.[0] ?? Number.NaN);
  return major >= found.from && major <= found.to ? { ...entry, version } : undefined;
}

function isStandIn(subject: string, repository: string): boolean {
  const parts = repository.toLowerCase().split('/');
  const standIns = subjects.find(([name]) => name === subject)?.[1].standIns ?? [];
  return standIns.includes(parts.at(-1) ?? '') || standIns.includes(parts.slice(-2).join('/'));
}

/** The subject of an image path without tag; its last two parts are tried, then its last, then that without a vendor's prefix. */
export function subjectOfImage(repository: string): Subject | undefined {
  const parts = repository.toLowerCase().split('/');
  const last = parts.at(-1) ?? '';
  return (
    images.get(parts.slice(-2).join('/')) ??
    images.get(last) ??
    images.get(last.replace(/^(?:cimg|circleci|bitnami|docker|library)[-_]?/, '')) ??
    builtOn(last)
  );
}

/** What an image of a project's own is built on, by the last word of its name: `shop-clamav`. Only what is run, and no language's image. */
function builtOn(last: string): Subject | undefined {
  const word = /-([a-z]{5,})$/.exec(last)?.[1];
  const known = word === undefined ? undefined : images.get(word);
  return known?.surface === 'services' ? known : undefined;
}

/** The subject of a managed engine, a database adapter, a storage service (`aurora-postgresql`, `mysql2`). */
export function subjectOfEngine(engine: string): Subject | undefined {
  return engines.get(engine.toLowerCase());
}

/** The subject that a client library belongs to; Go modules by their last two parts. */
export function subjectOfPackage(name: string): Subject | undefined {
  const lower = name.toLowerCase().replace(/_/g, '-');
  const path = lower.replace(/\/v\d+$/, '').split('/');
  return (
    packages.get(lower) ??
    packages.get(name.toLowerCase()) ??
    (path.length > 2 ? packages.get(path.slice(-2).join('/')) : undefined)
  );
}

/** The subject of a URL's scheme (`postgres://...`); `undefined` for http and unknown ones. */
export function subjectOfUrl(value: string): (Subject & { scheme: string }) | undefined {
  const scheme = /^["']?((?:jdbc:)?[a-z][a-z0-9+]{1,30}):(?:\/\/|\/|\.|memory)/i.exec(value.trim())?.[1]?.toLowerCase();
  const found = scheme === undefined ? undefined : schemes.get(scheme);
  return found && scheme !== undefined ? { ...found, scheme } : undefined;
}

/** The tag of a development container starts with the version of its own recipe: `1-3.12-bookworm`. */
function ownTag(repository: string, tag: string): string {
  if (/devcontainers\/(?:base|cpp|rust|universal)$/.test(repository)) return '';
  return repository.includes('devcontainers/') ? tag.replace(/^(?:dev-)?\d+(?:\.\d+)*-(?=\d)/, '') : tag;
}

/** Images of an extension of PostgreSQL name the server's version by the word: `pg17`, `2.16-pg15`, `0.8.0-pg16-bookworm`. */
function engineInTag(known: Subject | undefined, tag: string): string | undefined {
  return known?.subject === 'postgresql' ? /(?:^|[._-])pg(\d+(?:\.\d+)*)(?=$|[._-])/i.exec(tag)?.[1] : undefined;
}

function versionOfTag(tag: string): string | undefined {
  return /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1] ?? /(?:^|[-_])v?(\d+\.\d+(?:\.\d+)*)/.exec(tag)?.[1];
}

/** The subject that a word names, by its own name or as an image or engine (`postgres`, `node`, `golang`); `undefined` if it is none. */
export function subjectNamed(word: string): Subject | undefined {
  return byName.get(word.toLowerCase()) ?? subjectOfImage(word) ?? subjectOfEngine(word);
}
