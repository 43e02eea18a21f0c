import type { ProgramText, Span } from './source.ts';

/** What a program makes of a key's text. */
export type Coercion = 'number' | 'boolean' | 'list' | 'json' | 'url';

const NUMBER = String.raw`Number|parseInt|parseFloat|Number\.parse(?:Int|Float)|int|float|Integer|Float|Decimal|strconv\.(?:Atoi|ParseInt|ParseUint|ParseFloat)|(?:Integer|Long|Double)\.(?:parse\w+|valueOf)|(?:int|long|double|decimal)\.(?:Try)?Parse|Convert\.To(?:Int\d\d|Double|Decimal)|intval|floatval|String\.to_(?:integer|float)`;
const BOOLEAN = String.raw`Boolean|bool|\w{0,20}(?:str2bool|strtobool|to_bool|toBoolean|as_bool|parse_bool(?:ean)?|parseBool(?:ean)?|isTruthy|isTrue)|strconv\.ParseBool|Boolean\.(?:parseBoolean|valueOf)|bool\.(?:Try)?Parse|Convert\.ToBoolean|boolval`;
const JSON_TEXT = String.raw`JSON\.parse!?|JSON\.load|json\.loads|json_decode|Jason\.decode!?|json\.Unmarshal|JsonConvert\.DeserializeObject|JsonSerializer\.Deserialize|serde_json::from_str`;
const URL_TEXT = String.raw`new\s{1,4}U(?:RL|RI|ri)|urlparse|urlsplit|URI(?:\.parse!?)?|url\.Parse|parse_url|Url::parse|URI\.create`;
const LIST = String.raw`explode\(\s*["'][^"']{0,4}["']\s*,\s*|String\.split\(|strings\.Split\(`;

/** What calls a function around the read, as far as the read is its first argument. */
const BEFORE: readonly [RegExp, Coercion][] = [
  [
    new RegExp(String.raw`(?<![\w.])(?:${NUMBER})(?:<[^<>]{0,40}>)?\(\s*&?$|[=(:,?]\s{0,4}\+$|\(int\)\s*\(?\s*$`),
    'number',
  ],
  [new RegExp(String.raw`(?<![\w.])(?:${BOOLEAN})\(\s*$|(?<![!\w$)])!!$|\(bool\)\s*\(?\s*$`), 'boolean'],
  [new RegExp(String.raw`(?<![\w.])(?:${JSON_TEXT})(?:<[^<>]{0,40}>)?\(\s*&?$`), 'json'],
  [new RegExp(String.raw`(?<![\w.])(?:${URL_TEXT})\(\s*&?$`), 'url'],
  [new RegExp(String.raw`(?<![\w.])(?:${LIST})$`), 'list'],
];

/** What follows the read. */
const AFTER: readonly [RegExp, Coercion][] = [
  [
    /^[!?)]{0,3}\s*(?:(?:\?\?|\|\||&?\.(?:lower|downcase|toLowerCase|strip|trim|to_s)\(?\)?)[^=\n]{0,40})?\s*(?:===?\s*["'](?:true|True|1|yes|on)["']|in\s*[[({]\s*["'](?:true|True|1|yes|on)["']|\.equals(?:IgnoreCase)?\("true")/i,
    'boolean',
  ],
  [
    /^[!?)]{0,3}\s*(?:&?\.(?:to_i|to_f)\b|\??\.to(?:Int|Long|Double)(?:OrNull)?\(|\|>\s*String\.to_(?:integer|float)\b|[^;\n]{0,40}\.parse::<[iu](?:8|16|32|64|size)>\()/,
    'number',
  ],
  // What stands in is converted along: `(env("X") ?: "10").toInt()`, `ENV.fetch("X") { "10" }.to_i`.
  [
    /^[!?)]{0,3}\s*(?:(?:\?:|\?\?|\|\||or)\s*["'\w.-]{1,40}\s*\)|\{[^{}\n]{1,60}\})\s*[?&]?\.to(?:Int|Long|Double|_i|_f)\b/,
    'number',
  ],
  [/^[!?)]{0,3}\s*(?:\?:|\?\?|\|\||or)\s*["'\w.-]{1,40}\s*\)\s*\??\.toBoolean\(/, 'boolean'],
  [/^[!?)]{0,3}\s*(?:\??\.toBoolean\(|\|>\s*String\.to_existing_atom\b)/, 'boolean'],
  [/^[!?)]{0,3}\s*(?:[&?]?\.split\b|\??\.Split\(|\|>\s*String\.split\b)/, 'list'],
];

/** What the reading call itself says: `env.bool('X')`, `config('X', cast=int)`, `GetValue<int>("X")`, `viper.GetBool("x")`. */
const OWN: readonly [RegExp, Coercion][] = [
  [
    /^[\w.]{1,40}\.(?:int|integer|float|decimal|GetU?[iI]nt\w*|GetFloat\w*|getInteger|getLong)\(|\bcast\s*=\s*(?:int|float)\b|\.GetValue<(?:int|long|double|decimal)\??>|\b(?:Integer|Long|Double)(?:\.class|::class)/,
    'number',
  ],
  [
    /^[\w.]{1,40}\.(?:bool|boolean|GetBool|getBoolean)\(|\bcast\s*=\s*bool\b|\.GetValue<bool\??>|\bBoolean(?:\.class|::class)/,
    'boolean',
  ],
  [/^[\w.]{1,40}\.(?:list|tuple|set|GetStringSlice)\(|\bcast\s*=\s*(?:Csv|CommaSeparatedStrings|list)\b/, 'list'],
  [/^[\w.]{1,40}\.json\(/, 'json'],
  [/^[\w.]{1,40}\.(?:url|db|db_url|dj_db_url|cache|cache_url|email_url|dj_cache_url|search_url)\(/, 'url'],
];

/** What the expression around a read turns it into; `undefined` where it stays a text. */
export function coercionOf(program: ProgramText, span: Span): Coercion | undefined {
  const own = program.text.slice(span.start, Math.min(span.end, span.start + 200));
  const told = OWN.find(([pattern]) => pattern.test(own))?.[1];
  if (told !== undefined) return told;
  const before = program.text.slice(Math.max(0, span.start - 60), span.start);
  const around = BEFORE.find(([pattern]) => pattern.test(before))?.[1];
  if (around !== undefined) return around;
  const after = program.text.slice(span.end, span.end + 100);
  return AFTER.find(([pattern]) => pattern.test(after))?.[1];
}

/** How rules of schemas are called, by what they make of a text. */
const RULES: readonly [RegExp, Coercion][] = [
  [/\b(?:number|num|port|int|integer|bigint|float|positiveInteger)\s{0,2}\(/, 'number'],
  [/\b(?:bool|boolean|stringbool)\s{0,2}\(/, 'boolean'],
  [/\b(?:array|list|tuple)\s{0,2}\(/, 'list'],
  [/\bjson\s{0,2}\(/, 'json'],
  [/\b(?:url|uri)\s{0,2}\(/, 'url'],
];

/** What a rule such as `z.coerce.number()` makes of a text. */
export function coercionOfRule(code: string): Coercion | undefined {
  return RULES.find(([pattern]) => pattern.test(code))?.[1];
}

/** Types of fields, by what they make of a text. */
const TYPES: readonly [RegExp, Coercion][] = [
  [
    /^\*?(?:u?int(?:8|16|32|64)?|float(?:32|64)?|Int|Long|Integer|Double|Float|long|short|double|decimal|number|Decimal|[iu](?:8|16|32|64|size))\??$/,
    'number',
  ],
  [/^\*?(?:bool|Boolean|boolean)\??$/, 'boolean'],
  [
    /^(?:\[\]string|(?:list|List|IList|IEnumerable|ICollection|set|Set|tuple|Sequence)[[<].*|string\[\]|String\[\])$/,
    'list',
  ],
  [/^(?:\*?url\.URL|URL|URI|Uri|HttpUrl|AnyHttpUrl|AnyUrl|PostgresDsn|RedisDsn)\??$/, 'url'],
];

/** What a field of that type is made of. */
export function coercionOfType(type: string): Coercion | undefined {
  const plain = type
    .trim()
    .replace(/\s*\|\s*None$|^None\s*\|\s*/, '')
    .replace(/^(?:typing\.)?Optional\[(.*)\]$/, '$1');
  return TYPES.find(([pattern]) => pattern.test(plain))?.[1];
}
