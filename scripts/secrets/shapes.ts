import vocabulary from '../../resources/secrets.json' with { type: 'json' };
import { isReference } from './references.ts';

/** Stands where a secret stood. */
export const WITHHELD = '[withheld]';

const shapes = new RegExp(vocabulary.shapes.map((shape) => `(?:${shape})`).join('|'), 'g');
/** `scheme://user:password@`, or a lone user name; host and path may be told. What stands before the last `@` counts. */
const userinfo =
  /\b([a-z][a-z0-9+.-]{1,30}:\/{1,2})((?:(?!:\/\/)[^\s/"'`<>]){1,400}|[^\s/:@"'`<>]{0,100}:(?!\d{1,5}[/?#])(?:(?!:\/\/)[^\s"'`<>]){1,400})@(?=[\w[$%{.-])/gi;
/** Long strings without spaces that read like noise. Digests and commit ids are public and stay. */
const noise = /(?<![0-9A-Za-z+/_@-]|sha\d{1,3}[:.-]|\bh1:)(?!sha\d{1,3}-)[0-9A-Za-z+/_-]{32,4000}={0,2}/g;
const publicHex = new RegExp(`(?:${vocabulary.digestWords.join('|')})[\\w-]{0,20}["'\\s:=@/(,]{0,6}$`, 'i');

/** A text with every credential in it withheld, as far as shape tells. `about`: the name of what it is, if not in the text itself. */
export function redactShapes(text: string, about = ''): string {
  return (text.includes('@') ? withoutUserinfo(text) : text)
    .replace(shapes, WITHHELD)
    .replace(noise, (whole, offset: number, all: string) =>
      isNoise(whole, `${about} ${all.slice(Math.max(0, offset - 80), offset)}`) ? WITHHELD : whole,
    );
}

function withoutUserinfo(text: string): string {
  return text.replace(userinfo, (whole, scheme: string, user: string) =>
    isNamed(user) ? whole : `${scheme}${WITHHELD}@`,
  );
}

/** `shop:${DB_PASSWORD}`: nobody's secret. */
function isNamed(userinfo: string): boolean {
  const [user = '', ...password] = userinfo.split(':');
  return password.length === 0 ? isReference(user) : password.every((each) => each !== '' && isReference(each));
}

function isNoise(text: string, before: string): boolean {
  const digits = (text.match(/\d/g) ?? []).length;
  if (/^[0-9a-f]+\/?$/i.test(text)) {
    return (
      digits >= 4 && digits < text.length && !(/^(?:.{32}|.{40}|.{64}|.{128})$/.test(text) && publicHex.test(before))
    );
  }
  if (text.includes('://')) return false;
  // The address of a file at a commit.
  if (/\/(?:blob|tree|raw|commit|blame)\/[0-9a-f]{40}(?:\/|$)/.test(text)) {
    return isNoise(text.replace(/\/[0-9a-f]{40}(?=\/|$)/, ''), before);
  }
  const upper = (text.match(/[A-Z]/g) ?? []).length;
  const lower = (text.match(/[a-z]/g) ?? []).length;
  return digits >= 4 && upper >= 4 && lower >= 4 && !isPath(text);
}

/** Names joined by slashes, underscores, hyphens or numbers: most of its letters are in words, not in a mixture of cases and digits. */
function isPath(text: string): boolean {
  const parts = text.split(/[/_-]/).filter(Boolean);
  const words = parts.filter((part) => /^(?:[A-Z]?[a-z]+|[A-Z]+|(?:[A-Z][a-z]+)+|\d+|v\d+)$/.test(part));
  if (parts.length > 2 && words.join('').length * 2 > parts.join('').length) return true;
  const runs = text.split(/[^A-Za-z]+/).filter(Boolean);
  const long = runs.filter((run) => /^(?:[A-Z]{2,}|[a-z]{3,})?(?:[A-Z][a-z]{2,})+$|^[a-z]{4,}$/.test(run)).join('');
  return long.length >= 12 && long.length * 2 > runs.join('').length;
}
