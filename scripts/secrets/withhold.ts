import vocabulary from '../../resources/secrets.json' with { type: 'json' };
import type { Value } from '../model.ts';
import { wordsOf } from '../services/topic.ts';

/** The longest value that is looked into, in characters; what is told is shorter. */
const MAX_VALUE = 4000;

/** Stands where a secret stood. */
export const WITHHELD = '[withheld]';

const words = new Set(vocabulary.keyWords);
const pairs = new Set(vocabulary.keyPairs.map((pair) => pair.join(' ')));
const plainKeys = new Set(vocabulary.plainKeys);
/** Words that are one with others: `PGPASSWORD`, `AUTHTOKEN`. */
const FUSED = /(?:password|passwd|passphrase|secret|(?:auth|access|api|bearer|refresh)token)$/;
const plainSuffixes = new Set(vocabulary.plainSuffixes);
const shapes = new RegExp(vocabulary.shapes.map((shape) => `(?:${shape})`).join('|'), 'g');

/** `scheme://user:password@`, the password and a lone user name of a URL; host and path may be told. */
const userinfo = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/@"'`<>]{1,400})@/gi;
/** Long strings without spaces that read like noise. Digests and commit ids are public and stay. */
const noise = /(?<![0-9A-Za-z+/=_@.-]|sha\d{3}:|sha1:)[0-9A-Za-z+/_-]{32,}={0,2}(?![0-9A-Za-z+/=_-])/g;
/** What only points to a value (a default inside it would be a value): `${X}`, `$X`, `$(x)`, `{{ x }}`, `<%= x %>`, `process.env.X`, `secrets.X`, `<your token>`. */
const reference =
  /^(?:\$\{\{[^}]*\}\}|\$\{[A-Za-z_][\w.]*(?::?[-=+]|:?\?[^}]*)?\}|\$[A-Za-z_]\w*|\$\([^)]*\)|\{\{[^}]*\}\}|<%[^%]*%>|<[^<>]*>|(?:process\.env|import\.meta\.env|os\.environ|env|ENV|secrets|vars|var|local|data|module|config|settings|self|this|params)[.[(].*|os\.getenv\(.*)$/;
/** `KEY=value`, `key: value`, `"key": "value"`, `key = 'value'`, `key => value`, `name: KEY, value: x` read by pairs. */
const assignment =
  /(["'`]?)([A-Za-z_][A-Za-z0-9_.-]{0,80})\1(\s{0,8}(?:=>|:=|\?=|=|:)\s{0,8})("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?|\$\{\{[^}]*\}\}|\$\{[^}]*\}|\{\{[^}]*\}\}|<%[^%]*%>|\$\([^)]*\)|[^\s,;)}\]&]+)/g;
/** A whole line that sets a key to unquoted words: `password: two words`, `export TOKEN=a b`; a comment after it stays. */
const wholeLine =
  /^(\s{0,200}(?:-\s{1,4}|export\s{1,4}|ENV\s{1,4}|ARG\s{1,4})?)([A-Za-z_][A-Za-z0-9_.-]{0,80})(\s{0,8}[:=]\s{0,8})([^\s"'`{}$<|>&*!][^#]*?)(\s+#.*)?$/;
/** A directive that gives a variable its value after a space: `SetEnv KEY value`, `fastcgi_param KEY value;`, `ENV KEY value`. */
const directive =
  /^(\s{0,200}(?:SetEnv|fastcgi_param|uwsgi_param|ENV)\s{1,8})([A-Za-z_][A-Za-z0-9_.-]{0,80})(\s{1,8})([^\s=].*)$/i;
/** A row of a table whose first cell is a key: `| API_KEY | value | what for |`. */
const tableRow = /^(\s{0,20}\|\s{0,40}[`*]{0,3})([A-Za-z_][A-Za-z0-9_.-]{0,80})([`*]{0,3}\s{0,40}\|)(.*)$/;
const nameAndValue =
  /(\bname["']?\s{0,4}[:=]\s{0,4}["']?)([A-Za-z_][A-Za-z0-9_.-]{0,80})(["']?\s{0,4},\s{0,4}["']?value["']?\s{0,4}[:=]\s{0,4})("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,}]+)/gi;

/** A literal that stands in for a secret key: `env.API_KEY ?? 'x'`, `getenv("API_KEY", "x")`, `ENV.fetch('API_KEY') { 'x' }`, `env('API_KEY', default='x')`. */
const fallback =
  /([A-Za-z_][A-Za-z0-9_]{1,80})(["'`]?\s{0,4}[\])]{0,2}\s{0,4}(?:\?\?|\|\||,|\bor\b|\{|\?:|:-)\s{0,4}(?:default\s{0,4}[:=]\s{0,4})?)("(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|`[^`]+`)/g;

/** Whether a key's name says that its value is a secret: `DB_PASSWORD`, `apiKey`, `SECRET_KEY_BASE`; not `TOKEN_TTL`, not `NODE_ENV`. */
export function isSecretKey(key: string): boolean {
  const parts = wordsOf(key).map((part) => part.replace(/(?<=[a-z])\d+$/, ''));
  const last = parts.at(-1);
  if (last !== undefined && parts.length > 1 && plainSuffixes.has(last) && !pairs.has(parts.slice(-2).join(' ')))
    return false;
  if (parts.some((part) => words.has(part) || FUSED.test(part))) return true;
  if (last === 'key' && parts.length > 1 && !plainKeys.has(parts.at(-2) ?? '')) return true;
  return parts.some((part, index) => pairs.has(`${part} ${parts[index + 1] ?? ''}`));
}

/** Whether a value only points to where the value is, or says that there is none. */
export function isReference(text: string): boolean {
  const bare = text.trim().replace(/^(["'`])(.*)\1$/s, '$2');
  return (
    bare === '' ||
    reference.test(bare) ||
    /^(?:true|false|null|nil|none|undefined|required|optional|string|~|-)$/i.test(bare)
  );
}

/** A text with every credential in it withheld, as far as shape tells. */
export function redactShapes(text: string): string {
  return text
    .replace(userinfo, (whole, scheme: string, user: string) => (isReference(user) ? whole : `${scheme}${WITHHELD}@`))
    .replace(shapes, WITHHELD)
    .replace(noise, (whole) => (isNoise(whole) ? WITHHELD : whole));
}

/** A line of any format with every secret in it withheld: values under secret-like keys, and whatever looks like a credential. */
export function redactLine(line: string): string {
  const byLine = line.replace(
    wholeLine,
    (whole, before: string, key: string, operator: string, value: string, after = '') =>
      isSecretKey(key) && !isReference(value) && !isCode(value, operator)
        ? `${before}${key}${operator}${WITHHELD}${after}`
        : whole,
  );
  const byDirective = byLine.replace(directive, (whole, before: string, key: string, space: string, value: string) =>
    isSecretKey(key) && !isReference(value) ? `${before}${key}${space}${WITHHELD}` : whole,
  );
  const byRow = byDirective.replace(tableRow, (whole, before: string, key: string, mark: string, rest: string) =>
    isSecretKey(key) ? `${before}${key}${mark}${rest.split('|').map(withholdCell).join('|')}` : whole,
  );
  const byName = byRow.replace(nameAndValue, (whole, before: string, key: string, between: string, value: string) =>
    isSecretKey(key) && !isReference(value) ? `${before}${key}${between}${withQuotes(value)}` : whole,
  );
  const byKey = redactAssignments(byName);
  const byDefault = byKey.replace(fallback, (whole, key: string, between: string, value: string) =>
    isSecretKey(key) && !isReference(value) ? `${key}${between}${withQuotes(value)}` : whole,
  );
  return redactShapes(byDefault);
}

/** The value to report under a key: `null` where key or shape makes it a secret; credentials inside a URL are cut out. */
export function reportable(key: string, value: Value): Value {
  if (typeof value === 'boolean' || value === null) return value;
  const text = String(value);
  if (isReference(text)) return value;
  if (isSecretKey(key)) return null;
  if (typeof value === 'number') return value;
  // A value may hold keys and values of its own: JSON in a string, a command line.
  const redacted = redactLine(value.slice(0, MAX_VALUE));
  return redacted === WITHHELD ? null : redacted;
}

/** A cell of one word is a value; one of several tells about it. */
function withholdCell(cell: string): string {
  const word = cell.trim().replace(/^([`"']?)(.*)\1$/, '$2');
  return word.length < 4 || /\s/.test(word) || isReference(word) ? cell : ` ${WITHHELD} `;
}

/** Every `KEY=value` of a text, those inside a value too: `start: API_KEY=x node .`, `"db": {"password": "x"}`. */
function redactAssignments(text: string): string {
  const pattern = new RegExp(assignment.source, 'g');
  let out = '';
  let from = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, quote = '', key = '', operator = '', value = ''] = match;
    const start = match.index + whole.length - value.length;
    const before = text[match.index - 1];
    // A part of a name (`arn:aws:x:secret:y`) sets nothing, nor does the message of `${KEY:?message}`.
    const isName = (before === ':' && operator === ':') || (before === '{' && /^[?+]/.test(value));
    const kept =
      isName || !isSecretKey(key) || value.includes(WITHHELD) || isReference(value) || isCode(value, operator);
    out += `${text.slice(from, match.index)}${quote}${key}${quote}${operator}`;
    if (!kept) out += withQuotes(value);
    from = kept ? start : match.index + whole.length;
    // What stands in a value may set keys of its own.
    pattern.lastIndex = Math.max(from, match.index + 1);
  }
  return out + text.slice(from);
}

function withQuotes(value: string): string {
  const quote = /^["'`]/.exec(value)?.[0] ?? '';
  return `${quote}${WITHHELD}${quote && value.length > 1 && value.endsWith(quote) ? quote : ''}`;
}

/** An unquoted right side with a call, an index or a type is program text: `token = read(request)`, `password: string`. */
function isCode(value: string, operator: string): boolean {
  if (/^["'`]/.test(value)) return false;
  return (
    /[([]/.test(value) || (operator.trim() === ':' && /^[A-Z]?[a-z]+(?:[.?|<].*)?$/.test(value) && value.length < 12)
  );
}

function isNoise(text: string): boolean {
  if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(text) || text.includes('://')) return false;
  const digits = (text.match(/\d/g) ?? []).length;
  const upper = (text.match(/[A-Z]/g) ?? []).length;
  const lower = (text.match(/[a-z]/g) ?? []).length;
  if (/^[0-9a-f]+$/i.test(text)) return digits >= 4 && digits < text.length;
  return digits >= 4 && upper >= 4 && lower >= 4 && !/[_/-][A-Za-z]{4,}[_/-]/.test(text);
}
