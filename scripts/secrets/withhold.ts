import type { Value } from '../model.ts';
import { isPlainFor, isReference } from './references.ts';
import { isSecretKey } from './secret-key.ts';
import { redactShapes, WITHHELD } from './shapes.ts';

export { isReference } from './references.ts';
export { isSecretKey } from './secret-key.ts';
export { redactShapes, WITHHELD } from './shapes.ts';

/** The longest text that is looked into, in characters; what is told is shorter. */
export const MAX_LOOKED_INTO = 4000;

const KEY = '[A-Za-z_][A-Za-z0-9_.-]{0,80}';
const QUOTED = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?/.source;
/** What is filled in from elsewhere. */
const TEMPLATE = '\\$\\{\\{[^}]*\\}\\}|\\$\\{[^}]*\\}|\\{\\{[^}]*\\}\\}|<%[^%]*%>|\\$\\([^)]*\\)';
/** What may stand between an operator and the value in YAML: an anchor, a tag. */
const MARKS = '(?:[&!][\\w!.:/-]{0,60}\\s{1,8}){0,3}';

/** `KEY=value`, `key: value`, `"key": "value"`, `key = 'value'`, `key => value`, `key: Type = value`, `key: &anchor value`. */
const assignment = new RegExp(
  `(["'\`]?)(${KEY})\\1(\\??\\s{0,8}(?:=>|:=|\\?=|\\+=|=|:(?:\\s{0,4}[A-Za-z_][\\w.]{0,40}(?:[\\[<?|][\\w\\s.,|<>\\[\\]?]{0,40})?\\s{0,4}=(?![=>]))?)\\s{0,8}${MARKS})(${QUOTED}|${TEMPLATE}|<[A-Za-z][^<>]{0,120}>|[^\\s,;)}\\]]+)`,
  'g',
);
/** A whole line that sets a key to unquoted words: `password: two words`, `export TOKEN=a b`; a comment after it stays. */
const wholeLine = new RegExp(
  `^(\\s{0,200}(?:[#;/]{1,3}\\s{0,4})?(?:-\\s{1,4}|export\\s{1,4}|ENV\\s{1,4}|ARG\\s{1,4})?)(${KEY})(\\s{0,8}[:=]\\s{0,8}${MARKS})([^\\s"'\`{}$<|>&*!\\[(][^#]*?)(\\s+#.*)?$`,
);
/** A directive that gives a variable its value after a space: `SetEnv KEY value`, `fastcgi_param KEY value;`, `ENV KEY value`, `set $key value;`, `secret_key "value"`. */
const directive = new RegExp(
  `^(\\s{0,200}(?:(?:SetEnv|fastcgi_param|uwsgi_param|proxy_set_header|add_header|set|setx|ENV|ARG|env)\\s{1,8})\\$?)(${KEY})(\\s{1,8})([^\\s=].*)$`,
  'i',
);
/** A key and a quoted value with nothing but a space between: `secret_key "x"`, `PASSWORD 'x'`, `IDENTIFIED BY 'x'`. */
const spaced = new RegExp(
  `(${KEY})(\\s{1,8}(?:by\\s{1,4}|is\\s{1,4}|as\\s{1,4}|to\\s{1,4})?)("[^"\\s]{3,}"|'[^'\\s]{3,}'|\`[^\`\\s]{3,}\`)`,
  'gi',
);
const identified =
  /(\bIDENTIFIED\s{1,4}(?:WITH\s{1,4}\w{1,40}\s{1,4})?BY\s{1,4}(?:PASSWORD\s{1,4})?|^\s{0,40}(?:requirepass|masterauth|auth_pass|authToken)\s{1,8})("[^"]*"?|'[^']*'?|[^\s"']+)/gi;
/** A list of plain words: `passwords: [a, b]`. */
const plainList = new RegExp(`(["'\`]?)(${KEY})\\1(\\s{0,8}[:=]\\s{0,8}\\[)([^\\]["'\`{}()]{1,400})`, 'g');
/** A row of a table whose first cell is a key: `| API_KEY | value | what for |`. */
const tableRow = new RegExp(`^(\\s{0,20}\\|\\s{0,40}[\`*]{0,3})(${KEY})([\`*]{0,3}\\s{0,40}\\|)(.*)$`);
/** The name of a pair of name and value: `name: KEY`, `"Key": "KEY"`, `ParameterKey=KEY`. */
const pairName = new RegExp(
  `(?:^|[^\\w-])(?:name|key|id|variable|var|param|parameter|parameterkey|option_?name|env)["']?\\s{0,4}(?:=>|[:=])\\s{0,4}["']?(${KEY})`,
  'gi',
);
/** The value of such a pair. */
const pairValue = new RegExp(
  `((?:^|[^\\w-])(?:value|val|content|default|text|parametervalue|plain_?value|defaultvalue)["']?\\s{0,4}(?:=>|[:=])\\s{0,4}${MARKS})(${QUOTED}|${TEMPLATE}|[^\\s"'\`,;})\\]]+)`,
  'gi',
);
/** An element named like a secret: `<password>x</password>`; or one that carries such a name: `<property name="password">x</property>`. */
const element = /(<([A-Za-z_][\w.:-]{0,80})(\s[^<>]{0,400})?>)([^<>]+)(?=<|$)/g;
/** `--api-key x`, `--password=x`. */
const longFlag =
  /((?:^|[\s"'`,[(=])--?([A-Za-z][A-Za-z0-9_-]{1,60})(?:["']\s{0,2},\s{0,2}["']|["']?[=\s]\s{0,4}))(["']?)([^\s"'`,\])]+)/g;
/** `-u user:x`, `--user=user:x`, `--creds user:x`. */
const userFlag =
  /((?:^|[\s"'`,[])(?:-u|-U|--user|--proxy-user|--userpwd|--creds|--auth|-a)(?:["']\s{0,2},\s{0,2}["']|[=\s]?\s{0,4})["']?)([^\s"'`:,=\\/-][^\s"'`:]{0,80}):(?!\/\/|\d{1,5}(?:[\s"']|$))([^\s"'`]+)/g;
/** Commands that take a password in a short flag, fused with it or not. */
const shortFlag =
  /(\b(?:sshpass|docker\s{1,4}login|podman\s{1,4}login|helm\s{1,4}registry\s{1,4}login|az\s{1,4}login|redis-cli|sqlcmd|bcp|mongo\w*|smbclient|ldap\w+|htpasswd|rabbitmqctl|7z\w?|zip|unzip|kinit|oc\s{1,4}login)\b[^\n|;&]{0,400}?\s-[pPaw])(["']?\s?["']?)(?![\s"'-])([^\s"'`]+)/g;
/** The same, of commands that ask for it where a space follows the flag. */
const fusedFlag = /(\b(?:mysql\w*|mariadb[\w-]*)\b[^\n|;&]{0,400}?\s["']?-p)()(?![\s"'-])([^\s"'`]+)/g;
/** A literal that a chain of calls gives a secret: `.default("x")`, `.orElse("x")`. */
const chained =
  /(\.(?:default|prefault|orElse|or_else|or|getOrElse|getOrDefault|withDefault|defaultValue|default_value|catch|fallback|unwrap_or|unwrap_or_else|unwrap_or_default|example|or_insert|with_default|ifBlank|ifEmpty|presence_or)\(\s{0,4}(?:\(\)\s{0,4}=>\s{0,4}|\|\w{0,20}\|\s{0,4}|\w{1,20}\.\w{1,20}\(\s{0,4})?)("(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|`[^`]+`)/g;
const literal = /"(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|`[^`]+`/g;
/** What may stand between a secret's name and the literal that it is, is compared with or falls back to. */
const glue =
  /^["'`]?(?:\s|::\w{1,40}(?=\()|[\])]|\?\?=?|\|\|=?|\?:|:-|[=!]==?|:=|=>|->|[=:,([{?!]|\b(?:or|and|else|default|is|not|eq|ne|new|await|return|if|unless|String|Some|Ok|str|string|bytes?|char|Literal|b|f|r|u|Secret\w{0,20}|Protected\w{0,20}|[\w.]{0,40}(?:equals\w{0,20}|Equal\w{0,20}|compare\w{0,20}|safeCompare|fetch|get\w{0,20}|env)|(?:\w{1,40}\.)+(?:from|of|encode|getBytes))\b|&?str\b)*$/;
/** How far a literal may stand from the name. */
const MAX_GLUE = 80;
const reversed =
  /("(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+')(\s{0,4}(?:[=!]==?|\.equals\(|\.compareTo\()\s{0,4})([A-Za-z_$][\w.$]{0,80})/g;
/** `the password is x`, ``password `x` ``, `login: admin / x`; an unquoted word must look like no word. */
const prose =
  /(\b(?:pass(?:word|phrase|code|wd)?|secret|token|api[ -]?key|pin|pwd|credentials?)\b["'*)]{0,3}\s{1,3}(?:(?:is|was|are|to|as|of|with|being|set to|called|like|e\.g\.?|default(?:s to)?)\s{1,3}){0,3}(?:just\s|simply\s|always\s)?)([`"'*_]{0,3})([^\s`"'*]{3,200})/gi;
const login =
  /(\b(?:log ?in|sign ?in|credentials?|user(?:name)?\s?(?:\/|and)\s?pass(?:word)?|default user|account)\b[^\n]{0,40}?[\s`"'*(:]\s?[`"'*]{0,2}[\w.@+-]{2,60}[`"'*]{0,2}\s?[/:]\s?[`"'*]{0,2})([^\s`"'*)]{3,100})/gi;

/** A line of any format with every secret in it withheld: values under secret-like keys, and whatever looks like a credential. */
export function redactLine(line: string): string {
  return redactShapes(redactKeyed(line));
}

/** The value to report under a key: `null` where key or shape makes it a secret; credentials inside a URL are cut out. */
export function reportable(key: string, value: Value): Value {
  if (typeof value === 'boolean' || value === null) return value;
  const text = String(value);
  if (isReference(text)) return typeof value === 'string' ? redactShapes(value, key) : value;
  if (isSecretKey(key) && !isPlainFor(key, text)) return null;
  if (typeof value === 'number') return value;
  // A value may hold keys and values of its own: JSON in a string, a command line.
  const redacted = redactShapes(redactKeyed(value.slice(0, MAX_LOOKED_INTO)), key);
  return redacted === WITHHELD ? null : redacted;
}

/** The value of a pair whose name stands elsewhere, withheld: `value: x`. */
export function redactPairValue(line: string): string {
  return line.replace(pairValue, (whole, before: string, value: string) => replaced(whole, before, value));
}

/** Cheap to ask and true of every line that names a secret. */
const NAMES_SECRET =
  /pass|secret|token|key|cred|salt|pepper|\bpat\b|_pat\b|pat_|dsn|cookie|bearer|hmac|otp|pin|mnemonic|psk|pw|auth|webhook|connection|phrase|recovery|identified|\s-\w|--\w|log ?in|sign ?in|account|user/i;

function redactKeyed(line: string): string {
  if (!NAMES_SECRET.test(line)) return line;
  const steps = [
    byLogin,
    byWholeLine,
    byDirective,
    byList,
    byRow,
    byPair,
    byElement,
    byFlag,
    byAssignment,
    byLiteral,
    byProse,
  ];
  return steps.reduce((text, step) => step(text), line);
}

function byWholeLine(line: string): string {
  return line.replace(wholeLine, (whole, before: string, key: string, operator: string, value: string, after = '') =>
    isSecretKey(key) && !isReference(value) && !isPlainFor(key, value) && !isCode(value, operator, key)
      ? `${before}${key}${operator}${WITHHELD}${after}`
      : whole,
  );
}

function byDirective(line: string): string {
  return line
    .replace(directive, (whole, before: string, key: string, space: string, value: string) =>
      isSecretKey(key) && !isReference(value.replace(/;$/, '')) ? `${before}${key}${space}${WITHHELD}` : whole,
    )
    .replace(spaced, (whole, key: string, space: string, value: string) =>
      isSecretKey(key) && !isVerb(key, value) ? replaced(whole, `${key}${space}`, value) : whole,
    )
    .replace(identified, (whole, before: string, value: string) => replaced(whole, before, value));
}

/** "Pin `postgres`" tells somebody to do it; a PIN is made of digits. */
function isVerb(key: string, value: string): boolean {
  return /^pin$/i.test(key) && /[^\d"'`]/.test(value);
}

function byRow(line: string): string {
  return line.replace(tableRow, (whole, before: string, key: string, mark: string, rest: string) =>
    isSecretKey(key) ? `${before}${key}${mark}${rest.split('|').map(withholdCell).join('|')}` : whole,
  );
}

/** A name and its value, whichever comes first. */
function byPair(line: string): string {
  return [...line.matchAll(pairName)].some(([, name = '']) => isSecretKey(name)) ? redactPairValue(line) : line;
}

function byElement(line: string): string {
  if (!line.includes('<')) return line;
  return line.replace(element, (whole, tag: string, name: string, attributes = '', text: string) => {
    const told = [name, ...[...attributes.matchAll(pairName)].map(([, each = '']) => each)];
    // `<NAME>"` in a string is no element.
    return told.some(isSecretKey) && /\w/.test(text) && !/^["'`]/.test(text) && !isReference(text)
      ? `${tag}${WITHHELD}`
      : whole;
  });
}

function byFlag(line: string): string {
  if (!line.includes('-')) return line;
  return line
    .replace(longFlag, (whole, before: string, name: string, quote: string, value: string) =>
      isSecretKey(name) && /^[^-]*\w/.test(value) && !isNamePassedOn(value) && !isReference(value) && !isWithheld(value)
        ? `${before}${quote}${WITHHELD}`
        : whole,
    )
    .replace(userFlag, (whole, before: string, user: string, value: string) =>
      isReference(value) || /\$\{[^}]*$/.test(user) ? whole : `${before}${user}:${WITHHELD}`,
    )
    .replace(fusedFlag, (whole, before: string, _: string, value: string) =>
      isReference(value) ? whole : `${before}${WITHHELD}`,
    )
    .replace(shortFlag, (whole, before: string, space: string, value: string) =>
      isReference(value) ||
      (space.trim() === '' && /\s-p\s?$/.test(`${before}${space}`) && /^\d+(?::\d+)?$/.test(value))
        ? whole
        : `${before}${space}${WITHHELD}`,
    );
}

/** `--secret NAME=${{ ... }}`, `--build-secret NAME=$NAME`: what is passed on stands elsewhere. */
function isNamePassedOn(value: string): boolean {
  return /^[A-Z][A-Z0-9_]*=(?:\$|$)/.test(value);
}

/** Every `KEY=value` of a text, those inside a value too: `start: API_KEY=x node .`, `"db": {"password": "x"}`. */
function byAssignment(text: string): string {
  const pattern = new RegExp(assignment.source, 'g');
  let out = '';
  let from = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, quote = '', key = '', operator = '', value = ''] = match;
    const before = text[match.index - 1];
    // A part of a name (`arn:aws:x:secret:y`, `Secret::from`) sets nothing, nor does the message of `${KEY:?message}`.
    const isName =
      (before === ':' && operator === ':') ||
      (operator === ':' && value.startsWith(':')) ||
      (before === '{' && /^[?+]/.test(value));
    const start = match.index + whole.length - value.length;
    if (isName || !isSecretKey(key)) {
      // What stands in a value may set keys of its own.
      pattern.lastIndex = match.index + 2 * quote.length + key.length;
    } else if (
      isWithheld(value) ||
      isReference(value) ||
      isPlainFor(key, value) ||
      isCode(value, operator, key) ||
      isProse(quote, operator, text.slice(start))
    ) {
      pattern.lastIndex = start;
    } else {
      out += text.slice(from, start) + withQuotes(value);
      from = match.index + whole.length;
    }
  }
  return out + text.slice(from);
}

/** `KEY`: what it is for. */
function isProse(quote: string, operator: string, after: string): boolean {
  return quote === '`' && /^:\s/.test(operator) && /^[A-Za-z][a-z']*\s+[a-z`*(]/.test(after);
}

/** Literals that a secret's name leads up to: a default, a comparison, an item of its list, what a chain of calls falls back to. */
function byLiteral(text: string): string {
  if (!/["'`]/.test(text)) return text;
  let out = '';
  let from = 0;
  for (const match of text.matchAll(literal)) {
    const before = out + text.slice(from, match.index);
    const told = match[0];
    const kept =
      isReference(told) ||
      told.includes(WITHHELD) ||
      isNameIn(told, before, text.slice(match.index + told.length, match.index + told.length + 8)) ||
      isKeyIn(text, match.index + told.length, before);
    out = before + (!kept && leadsUp(before.slice(-MAX_GLUE - 100), told) ? withQuotes(told) : told);
    from = match.index + match[0].length;
  }
  const told = out + text.slice(from);
  const names = told.search(/[A-Za-z_][\w]{2,80}/) !== -1 && (told.match(/[A-Za-z_]\w{2,80}/g) ?? []).some(isSecretKey);
  if (!names) return told;
  return told
    .replace(chained, (whole, before: string, value: string) => replaced(whole, before, value))
    .replace(reversed, (whole, value: string, operator: string, name: string) =>
      isSecretKey(name.split('.').at(-1) ?? '') && !isReference(value) && !plainWord.test(value)
        ? `${withQuotes(value)}${operator}${name}`
        : whole,
    );
}

/** `password` of `user.password` and of `user.password.equals`. */
function lastName(name: string): string {
  const parts = name
    .split('.')
    .filter((part) => !/^(?:equals|compare|includes|match|is_?equal|eql|constantTime)/i.test(part));
  return parts.at(-1) ?? '';
}

/** The first argument or index is the name that a value is looked up by: `env('APP_TOKEN')`, `config["api.key"]`, `creds["region"]`, `setCookie("theme", x)`. */
function isNameIn(written: string, before: string, after: string): boolean {
  const text = written.slice(1, -1);
  return (
    (/^`[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+`$/.test(written) && /[,/]\s*$/.test(before)) ||
    (/\bcredentials\(\s*$/.test(before) && /^[a-z][\w.-]*$/i.test(text)) ||
    (/\w\[$/.test(before) && after.startsWith(']')) ||
    (/[cC]ookies?(?:\.\w{1,20})?\(\s*$/.test(before) && /^\s{0,4},/.test(after)) ||
    (/[([]\s*$/.test(before) &&
      /^[A-Za-z_][\w.:/-]*$/.test(text) &&
      (isSecretKey(text) || /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(text)))
  );
}

/** The literal is a key of a map itself: `{ 'email': x }`; not the arm of a condition. */
function isKeyIn(text: string, end: number, before: string): boolean {
  return /^\s{0,4}(?::(?!:)|=>)/.test(text.slice(end, end + 8)) && !/\?[^?:]*$/.test(before);
}

/** `"string"`, `"object"`: what program text compares types with. */
const plainWord = /^["'](?:string|object|number|function|boolean)["']$/;

function leadsUp(before: string, literal: string): boolean {
  const names = [...before.matchAll(/[A-Za-z_][\w-]{1,80}(?:\.[A-Za-z_]\w{0,80}){0,4}/g)];
  return names.some(({ 0: name, index }) => {
    const after = before
      .slice(index + name.length)
      .replaceAll(WITHHELD, '')
      // The name that something is set by: `cookie("theme", `.
      .replace(/^\((["'`])[\w.:-]{1,60}\1,/, '(')
      .replace(/["'`]{2}/g, '');
    const key = lastName(name);
    return (
      after.length <= MAX_GLUE &&
      /[^\s"'`]/.test(after) &&
      isSecretKey(key) &&
      !isPlainFor(key, literal) &&
      glue.test(after)
    );
  });
}

function byLogin(line: string): string {
  return line.replace(login, (whole, before: string, value: string) =>
    isReference(value) ||
    /^[\d.]+$|^(?:Basic|Bearer)$|^\/|[=({]|\/\/|\.(?:com|org|dev|io|net|html?|[cm]?[jt]sx?|ya?ml|md|rb|py|kts?|java|go|rs|php|cs|exs?|json|toml|tf|erb|haml|sh|sql|xml|vue|properties)\b/.test(
      value,
    ) ||
    before.includes('://') ||
    (!/[`"']/.test(before) && !isUnlikeWord(value))
      ? whole
      : `${before}${WITHHELD}`,
  );
}

/** The words of a list whose name is of several secrets; `secrets: [a]` names them. */
function byList(line: string): string {
  return line.replace(plainList, (whole, quote: string, key: string, operator: string, list: string) =>
    /s$/i.test(key) && !/^secrets$/i.test(key) && isSecretKey(key)
      ? `${quote}${key}${quote}${operator}${list
          .split(',')
          .map((each) =>
            isReference(each) || /^\s*(?:[A-Z]\w*|withheld)\s*$/.test(each) ? each : each.replace(/\S+/, WITHHELD),
          )
          .join(',')}`
      : whole,
  );
}

function byProse(line: string): string {
  return line.replace(prose, (whole, before: string, quote: string, value: string) => {
    const isQuoted = /[`"']|\*\*/.test(quote);
    const word = value.replace(/[.,;:!?)]+$/, '');
    const isTold = isQuoted ? !/\s(?:in|from|by|via|using)\s+$/.test(before) : isUnlikeWord(word);
    const isName =
      /^[A-Z][A-Z0-9_]+$/.test(word) || /^[\w.-]*[=:({]/.test(word) || isReference(word) || isSecretKey(word);
    const [key = ''] = before.split(/\s/);
    return isTold && !isName && !isVerb(key, word) ? `${before}${quote}${WITHHELD}` : whole;
  });
}

/** Letters with digits or signs between: no word of a sentence. */
function isUnlikeWord(text: string): boolean {
  return (
    /[A-Za-z]/.test(text) &&
    /\d|[!#$%^&*]/.test(text) &&
    /^[^\s/\\()[\]{}<>|]+$/.test(text) &&
    !/^[#@$]|^v?\d+(?:\.\d+)*\w{0,4}$|^\w+\.\w+$/.test(text)
  );
}

/** A cell of one word is a value; one of several tells about it. */
function withholdCell(cell: string): string {
  const word = cell.trim().replace(/^([`"']?)(.*)\1$/, '$2');
  return word.length < 4 || /\s/.test(word) || isReference(word) ? cell : ` ${WITHHELD} `;
}

function replaced(whole: string, before: string, value: string): string {
  return isReference(value) || isWithheld(value) ? whole : `${before}${withQuotes(value)}`;
}

/** A value's pattern may end at the bracket. */
function isWithheld(value: string): boolean {
  return value.includes(WITHHELD.slice(0, -1));
}

function withQuotes(value: string): string {
  const quote = /^["'`]/.exec(value)?.[0] ?? '';
  return `${quote}${WITHHELD}${quote && value.length > 1 && value.endsWith(quote) ? quote : ''}`;
}

/**
 * Whether an unquoted right side is program text: the start of a structure (`{ secure: true }`), a call (`read(request)`), a type
 * (`HttpUrl | None`), a symbol (`:shop`), or a name that is a secret's own (`token: accessToken`).
 */
function isCode(value: string, operator: string, key: string): boolean {
  // The end of the text that the assignment stands in: `putenv('TOKEN=');`.
  if (/^["'`][),;\s]*$/.test(value)) return true;
  if (/^["'`]/.test(value)) return false;
  if (/^[^\w"'`]+$/.test(value) || /^::?[A-Za-z_]\w*[?!]?,?$/.test(value)) return true;
  // What the environment or an environment file sets is never code.
  if (/^[A-Z][A-Z0-9_]*$/.test(key) && !/\s/.test(operator)) return false;
  if (
    /^[[({]/.test(value) ||
    /^(?:await|new|async|function|yield|not|typeof|lambda|if|fn|func|match|case|unless|try)\b(?!-)/.test(value)
  )
    return true;
  if (/^[*&]?[A-Za-z_$][\w$.?!:]*(?:<[\w\s,[\]|]*>)?\s?[([]/.test(value)) return true;
  if (/\d/.test(value)) return false;
  if (/^[a-z]\w*(?:[A-Z]\w*|_\w+);?$/.test(value) && isSecretKey(value)) return true;
  if (/^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+;?$/.test(value) && isSecretKey(value.split('.').at(-1) ?? ''))
    return true;
  return operator.trim() === ':' && isType(value);
}

/** `string;`, `HttpUrl | None`, `string | undefined`, `Optional[str] = None`. */
function isType(value: string): boolean {
  const [type = '', initial] = value.replace(/[;,]$/, '').split(/\s=\s/);
  if (initial !== undefined && !isReference(initial)) return false;
  const parts = type.split('|').map((part) => part.trim());
  return parts.every((part) => isReference(part) || /^[A-Z][a-z]\w*(?:\.\w+)*[?!]?(?:<.*>|\[\])*$/.test(part));
}
