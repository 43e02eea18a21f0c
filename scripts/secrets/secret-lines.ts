import { isReference } from './references.ts';
import { isSecretKey } from './secret-key.ts';
import { redactPairValue, WITHHELD } from './withhold.ts';

/** How far a secret goes on below the line that it starts on, in lines. */
const MAX_LINES = 200;
/** How far name and value of a pair stand apart, in lines. */
const MAX_APART = 3;

const KEY_AND_REST =
  /^(\s*)(?:- )?\s{0,8}(?:export\s+|const\s+|let\s+|var\s+|val\s+)?["'`]?(?:[A-Za-z_]\w{0,40}\.){0,4}([A-Za-z_][\w.-]{0,80})["'`]?\s{0,8}(?:(?::\s{0,4}[A-Za-z_]\w{0,40}\s{0,4})?=>?|:=|:)(.*)$/;
const PEM = /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY|CERTIFICATE|SECRET)[A-Z ]{0,20}-----/;
const NAME_LINE =
  /^\s*(?:[-{]\s*)*["']?(?:name|key|id|variable|parameterkey|parameter_?name|option_?name)["']?\s{0,4}(?:=>|[:=])\s{0,4}["']?([A-Za-z_][\w.-]{0,80})["']?\s*,?\s*$/i;
const VALUE_LINE = /^\s*(?:[-{]\s*)*["']?(?:value|val|content|default|text|parametervalue)["']?\s{0,4}(?:=>|[:=])/i;
const NAME_ELEMENT = /<(?:key|name|param-name|env-entry-name)>\s*([A-Za-z_][\w.-]{0,80})\s*</i;
const VALUE_ELEMENT = /^(\s*<([A-Za-z_][\w.:-]*)[^<>]*>)[^<>]+(<.*)?$/;

/** Where what goes on may stand at any indentation. */
const ANYWHERE = Number.NEGATIVE_INFINITY;

const known = new WeakMap<readonly string[], ReadonlyMap<number, string>>();

/**
 * The lines, from 1, that go on with a secret whose name or beginning stands on another line, with what may be told of each: a PEM block,
 * a folded scalar, a quoted text over several lines, the value beside a name. Found once for a file's lines.
 */
export function secretLines(lines: readonly string[]): ReadonlyMap<number, string> {
  const found = known.get(lines) ?? findAll(lines);
  known.set(lines, found);
  return found;
}

function findAll(lines: readonly string[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').slice(0, 1000);
    // Most lines neither assign nor have an element, and are not looked at with patterns.
    const assigns = line.includes(':') || line.includes('=');
    const isPem = line.includes('-----BEGIN ') && PEM.test(line);
    const end = isPem ? endOfPem(lines, index) : assigns ? endOfValue(lines, index, line) : index;
    for (let at = index + 1; at <= end; at += 1) found.set(at + 1, WITHHELD);
    const pair = assigns ? NAME_LINE.exec(line) : null;
    const name = (pair ?? (line.includes('<') ? NAME_ELEMENT.exec(line) : null))?.[1];
    if (name !== undefined && isSecretKey(name)) addValues(lines, index, found);
    index = Math.max(index, end);
  }
  return found;
}

function endOfPem(lines: readonly string[], start: number): number {
  if (/-----END /.test(lines[start] ?? '')) return start;
  const last = Math.min(lines.length - 1, start + MAX_LINES);
  const end = lines.slice(start + 1, last + 1).findIndex((line) => line.includes('-----END '));
  if (end !== -1) return start + 1 + end;
  for (let index = start + 1; index <= last; index += 1) {
    const line = lines[index] ?? '';
    // What has no end goes on as long as it looks like a key.
    if (!/^[\s"'`+#/*>-]*(?:[0-9A-Za-z+/=]{16,}|[\w-]+: .*)?[\s"'`+,;)\\n]*$/.test(line.slice(0, 1000)))
      return index - 1;
  }
  return last;
}

/** The last line of what a secret's name on this line is set to; the line itself where it ends there. */
function endOfValue(lines: readonly string[], start: number, line: string): number {
  const [, indent = '', key = '', rest = ''] = KEY_AND_REST.exec(line) ?? [];
  if (key === '' || !isSecretKey(key)) return start;
  const value = rest.trim().replace(/^(?:[&!][\w!.:/-]*\s+)*(?:[&!][\w!.:/-]*$)?/, '');
  if (/^[|>][+\-\d]*(?:\s+#.*)?$/.test(value)) return endOfBlock(lines, start, indent.length, () => true);
  const quote = /^[rbfu]?("""|'''|`|"|')/.exec(value)?.[1];
  if (quote !== undefined) return isClosed(value, quote) ? start : endOfQuote(lines, start, quote);
  if (/^<<[-~]?["']?\w+/.test(value)) return endOfHere(lines, start, /^<<[-~]?["']?(\w+)/.exec(value)?.[1] ?? '');
  if (/^(?:\(|\\|\[)?$/.test(value) || /\\$/.test(value)) {
    const isList = /s$/.test(key) && key.toLowerCase() !== 'secrets';
    return endOfBlock(
      lines,
      start,
      /^[\\(]$/.test(value) || /\\$/.test(value) ? ANYWHERE : indent.length - (isList ? 1 : 0),
      (each) =>
        isLone(each) &&
        (isList || !/^\s*-\s/.test(each)) &&
        (/\\$/.test(value) || /^\s*(?:-\s+)?["'`]/.test(each) || !isSecretKey(each.trim().replace(/^-\s+/, ''))),
    );
  }
  // A plain scalar of YAML goes on below, further in.
  return /^:/.test(line.slice(line.indexOf(key) + key.length).replace(/^["']/, '')) &&
    /^[^\s{[(|>&*!#"'][^{([;,]*$/.test(value)
    ? endOfBlock(
        lines,
        start,
        indent.length,
        (each) => /^[^\s:=(){};,<>][^:=(){};,<>]*$/.test(each.trim()) && !/^\s*-\s/.test(each),
      )
    : start;
}

function isClosed(value: string, quote: string): boolean {
  const from = value.indexOf(quote) + quote.length;
  return value.slice(from).replace(/\\./g, '').includes(quote);
}

function endOfQuote(lines: readonly string[], start: number, quote: string): number {
  const last = Math.min(lines.length - 1, start + MAX_LINES);
  for (let index = start + 1; index <= last; index += 1) {
    if ((lines[index] ?? '').replace(/\\./g, '').includes(quote)) return index;
  }
  // A quote that nothing closes is no quote.
  return start;
}

function endOfHere(lines: readonly string[], start: number, word: string): number {
  const last = Math.min(lines.length - 1, start + MAX_LINES);
  for (let index = start + 1; index <= last; index += 1) if ((lines[index] ?? '').trim() === word) return index - 1;
  return start;
}

/** The lines below that stand further in, or are empty, as long as they fit. */
function endOfBlock(lines: readonly string[], start: number, indent: number, fits: (line: string) => boolean): number {
  const last = Math.min(lines.length - 1, start + MAX_LINES);
  let end = start;
  for (let index = start + 1; index <= last; index += 1) {
    const line = (lines[index] ?? '').slice(0, 1000);
    if (line.trim() === '') continue;
    if (line.search(/\S/) <= indent || !fits(line)) break;
    end = index;
    if (indent === ANYWHERE && !/\\$/.test(line)) break;
  }
  return end;
}

/** A literal or a word alone on its line. */
function isLone(line: string): boolean {
  const text = line
    .trim()
    .replace(/^-\s+/, '')
    .replace(/[,;)\]\\]*$/, '')
    .trim();
  return /^(?:"[^"]*"|'[^']*'|`[^`]*`|[^\s:={}()[\]"'`<>]+)$/.test(text) && !isReference(text);
}

function addValues(lines: readonly string[], start: number, found: Map<number, string>): void {
  for (const step of [-1, 1]) {
    for (let apart = 1; apart <= MAX_APART; apart += 1) {
      const index = start + step * apart;
      // What begins an item of a list, or a map, ends the one before.
      const begins = BEGINS.test(lines[step === 1 ? index : index + 1] ?? '');
      if (index < 0 || index >= lines.length || begins || found.has(index + 1)) break;
      addValue(lines, start, index, found);
    }
  }
}

const BEGINS = /^\s*(?:-\s|[{}[\]])|<(?:key|name|param-name|env-entry-name)>/i;

function addValue(lines: readonly string[], start: number, index: number, found: Map<number, string>): void {
  const line = (lines[index] ?? '').slice(0, 1000);
  if (VALUE_LINE.test(line)) {
    if (/[|>][+-]?\s*$/.test(line)) {
      const end = endOfBlock(lines, index, line.search(/[^\s-]/), () => true);
      for (let at = index + 1; at <= end; at += 1) found.set(at + 1, WITHHELD);
    } else if (redactPairValue(line) !== line) found.set(index + 1, redactPairValue(line));
  } else if (index > start && NAME_ELEMENT.test(lines[start] ?? '')) {
    const [, open = '', , close = ''] = VALUE_ELEMENT.exec(line) ?? [];
    if (open !== '' && !/key|name/i.test(open)) found.set(index + 1, `${open}${WITHHELD}${close}`);
  }
}
