import type { Fact } from '../model.ts';
import { ownEntry } from '../syntax/own-entry.ts';

/** Schemes that have an encrypted twin. Web pages are served without TLS by any development server: that is no such difference. */
const ENCRYPTED: { [scheme: string]: string } = {
  rediss: 'redis',
  amqps: 'amqp',
  mqtts: 'mqtt',
  ldaps: 'ldap',
  smtps: 'smtp',
  r2dbcs: 'r2dbc',
  tcps: 'tcp',
};
const PLAIN = new Set(Object.values(ENCRYPTED));

/** Options of an address that ask for TLS, and those that refuse it. */
const ASKS =
  /[?&;](?:ssl-?mode=(?:require|required|verify[-_]\w+)|(?:use)?ssl=(?:true|1|require)|tls=(?:true|1)|encrypt=(?:true|strict)|sslfactory=|sslaccept=strict|sslrootcert=)/i;
const REFUSES = /[?&;](?:ssl-?mode=disabled?|(?:use)?ssl=(?:false|0|disable)|tls=(?:false|0)|encrypt=false)/i;
/** What is set behind an address that stands elsewhere: `?sslmode=require`. */
const OPTIONS = /^\?[a-z]\w*=[^\s/]*$/i;
/** Options are those of a database's or a broker's driver. */
const TAKES_OPTIONS = /^(?:jdbc|r2dbc|postgres(?:ql)?|mysql2?|mariadb|mongodb|sqlserver|redis|amqp)\b/;
/** The longest excerpt; one of that length may be cut, and what it leaves out may ask for TLS. */
const CUT = 160;
const HIDDEN = '...';

/** The address that a fact gives, or the options of one, as far as its line shows it: a computed one is no value, and its line tells the scheme and the options. */
export function addressOf({ value, evidence }: Fact): string | undefined {
  if (typeof value === 'string' && OPTIONS.test(value)) return value;
  const text = value === null ? evidence.excerpt : String(value);
  const address = /(?:^|[\s"'=])([a-z][a-z0-9+]{2,20}(?::[a-z0-9+:@-]{1,40})?:\/\/\S+)/i.exec(text)?.[1];
  return address !== undefined && text.length >= CUT ? `${address}${HIDDEN}` : address;
}

/** Which of two addresses of one kind is spoken to through TLS where the other is not; `undefined` where they agree or are of two kinds. */
export function encryptedOf(a: string, b: string): 'first' | 'second' | undefined {
  const [left, right] = [schemesOf(a), schemesOf(b)];
  if (isTwin(left, right)) return 'first';
  if (isTwin(right, left)) return 'second';
  if (kindOf(a) === undefined || kindOf(a) !== kindOf(b) || asksFor(a) === asksFor(b)) return undefined;
  const [secure, plain] = asksFor(a) ? [a, b] : [b, a];
  if (plain.endsWith(HIDDEN)) return undefined;
  return secure === a ? 'first' : 'second';
}

function isTwin(secure: readonly string[], plain: readonly string[]): boolean {
  return (
    secure.some((scheme) => plain.includes(ownEntry(ENCRYPTED, scheme) ?? '')) &&
    !plain.some((scheme) => Object.hasOwn(ENCRYPTED, scheme))
  );
}

/** The schemes that an address begins with: `r2dbcs` and `tcps` of `r2dbcs:oracle:thin:@tcps://host`. */
function schemesOf(address: string): string[] {
  return headOf(address)
    .split(/[^a-z0-9+.-]+/)
    .filter((word) => Object.hasOwn(ENCRYPTED, word) || PLAIN.has(word));
}

/** What the driver of an address with options is for: `postgresql` of `jdbc:postgresql://host?ssl=true`. */
function kindOf(address: string): string | undefined {
  if (OPTIONS.test(address)) return 'options';
  const head = headOf(address);
  return TAKES_OPTIONS.test(head) ? head.replace(/^jdbc:/, '').replace('postgresql', 'postgres') : undefined;
}

/** All that stands before the host, lower case. */
function headOf(address: string): string {
  return /^[a-z][a-z0-9+.:@-]{0,60}?:\/\//.exec(address.trim().toLowerCase())?.[0] ?? '';
}

function asksFor(address: string): boolean {
  return ASKS.test(address) && !REFUSES.test(address);
}
