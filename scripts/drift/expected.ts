import vocabulary from '../../resources/expected-differences.json' with { type: 'json' };
import { classOf } from '../environments/names.ts';
import type { Value } from '../model.ts';
import { subjectOfUrl } from '../services/subject.ts';
import { topicOf, wordsOf } from '../services/topic.ts';
import { ownEntry } from '../syntax/own-entry.ts';
import { encryptedOf } from './encryption.ts';

/** The reason for a key or a value that is there to tell environments apart. */
export const OWN_NAME = 'names the environment itself';

/** `django.core.mail.backends.smtp.EmailBackend`: a class by its module, and no host. */
const CLASS_PATH = /^(?:[a-z_]\w*\.)+[A-Z]\w*$/;

/**
 * Why two values of one key were bound to differ, in words that complete "the value ..."; `undefined` where nothing explains it.
 * Values that mean the same (`True`, `1`, `on`) give `'means the same'`.
 */
export function expectedDifference(key: string, production: Value, other: Value): string | undefined {
  if (production === null || other === null) return 'is withheld or computed';
  if (encryptedOf(String(production), String(other)) !== undefined) return undefined;
  const [left, right] = [effective(production), effective(other)];
  if (DEPLOYS.has(wordsOf(key).at(-1) ?? '') && [left, right].every((text) => MANIFEST.test(text ?? '')))
    return 'names the file that is taken there';
  if (left === undefined || right === undefined) return 'is withheld or computed';
  if (left === right || sameText(left, right)) return 'means the same';
  if (picksImplementation(key) && [production, other].every((value) => CLASS_PATH.test(String(value))))
    return undefined;
  if (DOCUMENTED_ADDRESS.test(left) || DOCUMENTED_ADDRESS.test(right)) return 'is a placeholder';
  if (placeEnvironment(left) === placeEnvironment(right)) return OWN_NAME;
  if (namesEnvironments(left) && namesEnvironments(right)) return OWN_NAME;
  // Engines and drivers may be told by a URL's scheme: those are different implementations, whatever the key is called.
  const schemes = [subjectOfUrl(left)?.subject, subjectOfUrl(right)?.subject];
  if (schemes[0] && schemes[1] && schemes[0] !== schemes[1]) return undefined;
  if (isSwitch(left) && (isSwitch(right) || right === '')) {
    // `braintree:production: true` says which environment it is, in the words of a provider.
    return namesEnvironment(key) ? OWN_NAME : undefined;
  }
  if (isIdentifier(left) && isIdentifier(right)) return "identifies this environment's own account or copy";
  // Program text adds the scheme, or it does not: it cannot do both.
  if (isPlace(left) && isPlace(right) && /_(?:URL|URI|ORIGIN)$/.test(key) && hasScheme(left) !== hasScheme(right))
    return undefined;
  // Two programs are two programs, wherever each of them is.
  if (programOf(left) !== undefined && programOf(right) !== undefined && programOf(left) !== programOf(right))
    return undefined;
  // Where something is may differ; how it is used (`?sslmode=require`, `?connection_limit=1`) is behaviour.
  if (isPlace(left) && isPlace(right) && parametersOf(left) !== parametersOf(right)) return undefined;
  if (isPlace(left) && (isPlace(right) || right === ''))
    return 'says where something is, which each environment has its own of';
  if (isPlaceholder(right) || isPlaceholder(left) || [left, right].some((text) => isOwnName(key, text)))
    return 'is a placeholder';
  if ((picksImplementation(key) || picksByWord(key)) && isWord(left) && isWord(right)) return undefined;
  return expectedOfKey(key);
}

/** Keys by which a step is told what to deploy, and a file of the repository that says it: `.deploy/app-prod.yaml`. */
const DEPLOYS = new Set(['resource', 'resources', 'vars', 'manifest', 'manifests']);
const MANIFEST = /^\.{0,2}\/?[\w.@-]+\/(?:[^\s/]+\/)*[^\s/]+\.(?:ya?ml|json|tfvars|tf)$/;

/** Two formats write one text with line breaks and spaces of their own: `\n` may be two signs or one. */
function sameText(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => text.replace(/(?:\\+[nrt]|\s)+/g, ' ').trim());
  return a === b && a?.includes(' ') === true;
}

/** Addresses that are kept free for documentation: nothing answers there. */
const DOCUMENTED_ADDRESS = /(?:\/\/|@|^)(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}(?=[:/]|$)/;

/** A name of one kind among others, and no address. */
function isWord(text: string): boolean {
  return /^[a-z][a-z0-9_-]{1,30}$/.test(text);
}

/** Whether a key's value picks an implementation: `QUEUE_CONNECTION`, `CACHE_STORE`, `MAIL_MAILER`. */
export function picksImplementation(key: string): boolean {
  const words = wordsOf(key);
  return vocabulary.kinds.includes(words.at(-1) ?? '') || vocabulary.kindPairs.includes(words.slice(-2).join(' '));
}

/** Whether a key says where something is by an address, and which kind it is by a word. */
function picksByWord(key: string): boolean {
  return vocabulary.choices.includes(wordsOf(key).at(-1) ?? '');
}

/** `prod`, and several: `test,local`. */
function namesEnvironments(text: string): boolean {
  return text.split(',').every((part) => classOf(part) !== undefined);
}

/** Why a key's values are bound to differ, whatever they are: it says where something is, or how large; `undefined` for any other key. */
export function expectedOfKey(key: string): string | undefined {
  const words = wordsOf(key);
  const last = words.at(-1) ?? '';
  // Django's lists of those who are written to.
  if (/^(?:ADMINS|MANAGERS)(?:\.|$)/.test(key)) return 'names who is told';
  // How often somebody may ask is a restriction, and no size.
  if (topicOf(key)?.topic === 'rate limit') return undefined;
  if (
    /\benv(?:ironment)? (?:short|code|abbreviation|prefix|suffix|tag|label|slug|letter)(?: name)?$/.test(
      words.join(' '),
    )
  )
    return OWN_NAME;
  return vocabulary.reasons.find(
    (each) => each.last.includes(last) || words.some((word) => (each.anywhere as string[]).includes(word)),
  )?.reason;
}

/** What a value comes to as far as files tell: the default of `${KEY:-default}`; `undefined` where it is taken from outside. */
export function effective(value: Exclude<Value, null>): string | undefined {
  const text = normal(value);
  const filled = text.replace(/\$\{[a-z_]\w*:?-([^{}]*)\}/g, '$1');
  return /\$\{|^\$\w+$|\$\(/.test(filled) || REFERENCE.test(filled) ? undefined : normal(filled);
}

/** A name of infrastructure's program text, whose value stands elsewhere: `var.table.name`, `aws_kms_alias.uploads.name`. */
const REFERENCE =
  /^(?:var|local|data|module|each|self|random_\w+|(?:aws|google|azurerm|azuread|kubernetes|digitalocean|cloudflare|heroku|scaleway|hcloud|openstack)_\w+)\.[\w.[\]"*-]+$/;

/** The parts of such a name without indexes; `undefined` for any other value, and for what a provider tells. */
export function referenceParts(value: Value): string[] | undefined {
  if (typeof value !== 'string' || !REFERENCE.test(value) || !/^(?:var|local)\./.test(value)) return undefined;
  return value
    .replace(/\[[^\]]*\]/g, '')
    .split('.')
    .slice(1);
}

/** Whether a fact hands on what nobody may have set (`${KEY:-}`), and so sets nothing by itself. */
export function isHandedOnEmpty({ value }: { value: Value }): boolean {
  return typeof value === 'string' && value.includes('$') && effective(value) === '';
}

const SWITCHES: { [word: string]: string } = {
  yes: 'true',
  on: 'true',
  '1': 'true',
  no: 'false',
  off: 'false',
  '0': 'false',
};

/** A value as programs compare it: lower case, no quotes, switches as `true` and `false`. */
export function normal(value: Exclude<Value, null>): string {
  const text = String(value)
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .replace(/,\s+/g, ',')
    .toLowerCase();
  return ownEntry(SWITCHES, text) ?? text;
}

/** A key whose last word is an environment's full name: `paypal.production`, `isProduction`. */
function namesEnvironment(key: string): boolean {
  const last = wordsOf(key).at(-1) ?? '';
  return last.length > 4 && classOf(last) === 'production';
}

/** A UUID, or the number of an account: two of them have nothing in common that could differ. */
function isIdentifier(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^\d{12}$/.test(text);
}

function isSwitch(text: string): boolean {
  return text === 'true' || text === 'false';
}

/** The parameters of a database's or a service's URL, sorted; web addresses have none that matter here. */
function parametersOf(text: string): string {
  if (/^https?:/.test(text)) return '';
  const query = /^[a-z][a-z0-9+.-]*:[^?]*\?(.+)$/.exec(text)?.[1] ?? '';
  return query.split('&').sort().join('&');
}

/** The program that a path leads to: `chromium-browser` of `/usr/bin/chromium-browser`. */
function programOf(text: string): string | undefined {
  return /^\/(?:[\w.+-]+\/)*s?bin\/([\w.+-]+)$/.exec(text)?.[1];
}

/** A URL, a host name, an address, a mail address, a file path, an ARN. */
function isPlace(text: string): boolean {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  return parts.length > 1 && parts.length <= MAX_PLACES ? parts.every(isOnePlace) : isOnePlace(text);
}

/** A longer list is text. */
const MAX_PLACES = 20;

function isOnePlace(templated: string): boolean {
  // `((host))` is filled in where it is deployed.
  const text = templated.replace(/(?<=[\w.-])\(\([\w.-]+\)\)|\(\([\w.-]+\)\)(?=[\w.-])/g, 'x');
  return /^\(\([\w.-]+\)\)$|^(?:[a-z][a-z0-9+.-]*:\/\/|file:|sqlite:|arn:|\.{0,2}\/|localhost\b|[\w.+-]+@[\w-]+\.)|^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:\/|$)|^\d{1,3}(?:\.\d{1,3}){3}/.test(
    text,
  );
}

/** Whether a web address says how it is reached; a path of its own host has none to say. */
function hasScheme(text: string): boolean {
  return /^(?:https?:\/\/|\/|\.)/.test(text);
}

/** Whether a value, as {@link normal} writes it, only says that somebody has to fill it in. */
export function isPlaceholder(text: string): boolean {
  if (isReserved(text)) return true;
  return /^<.*>$|^\{\{.*\}\}$|^your[-_ ]|change[-_ ]?me|^x{3,}$|^todo$|^replace|^(?:dummy|fake|example|placeholder)/.test(
    text,
  );
}

/** `"Authority": "authority"`, `"BaseUrl": "url"`: what only says what is to stand there. */
function isOwnName(key: string, text: string): boolean {
  const name = wordsOf(key.split(/[.:]/).at(-1) ?? '').join('');
  const last = wordsOf(key).at(-1) ?? '';
  return NAMED_AFTER.has(last) && (text === name || text === last);
}

/** Kinds of values that are never called as their key is. */
const NAMED_AFTER = new Set([
  'authority',
  'scope',
  'url',
  'uri',
  'host',
  'id',
  'secret',
  'key',
  'token',
  'tenant',
  'audience',
  'issuer',
]);

/** Addresses of domains that nobody can own, one or a list: `["a@example.com"]`. */
function isReserved(text: string): boolean {
  const parts = text.match(/[^\s"',[\]]+/g) ?? [];
  return parts.length > 0 && parts.every((part) => RESERVED.test(part));
}

const RESERVED =
  /^(?:[a-z]+:\/\/)?(?:[\w.+-]+@)?(?:[\w-]+\.)*(?:example\.(?:com|org|net)|(?:[\w-]+\.)(?:example|test|invalid))(?::\d+)?(?:\/\S*)?$/;

/** A text with every word that names an environment set aside. */
function placeEnvironment(text: string): string {
  return text.replace(/[a-z]+/g, (word) => (classOf(word) ? '*' : word));
}
