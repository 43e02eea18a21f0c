/** One file that weighs: a name of what it is, its path, its text, and why the coverage must name it as not read whole, if it must. */
export interface Heavy {
  name: string;
  path: string;
  text: () => string;
  unread: RegExp | undefined;
}

/** Just below the size from which on a file is not read. */
const HUGE = 990_000;

function lines(make: (index: number) => string): string {
  const out: string[] = [];
  for (let size = 0, index = 0; size < HUGE; index += 1) {
    const line = make(index);
    out.push(line);
    size += line.length + 1;
  }
  return out.join('\n').slice(0, HUGE);
}

const LETTERS = 'abcdefghijk';
/** Each letter is a list of nine times the one before. */
export const BOMB = `a: &a [x]\n${[...LETTERS.slice(1)].map((name, index) => `${name}: &${name} [${`*${LETTERS[index]},`.repeat(9)}x]`).join('\n')}\n`;

const heavy = (name: string, path: string, text: () => string, unread?: RegExp): Heavy => ({
  name,
  path,
  text,
  unread,
});

/** Files that a parser, a pattern or the memory would not take if they were given them as they are. */
export const HEAVY: readonly Heavy[] = [
  heavy('a million bytes of keys', '.env', () => lines((index) => `KEY_${index}=v`), /more than 5000 facts/),
  heavy('tiny YAML lines', 'values.yaml', () => lines((index) => `k${index}: 1`), /lines of YAML/),
  heavy('quoted YAML lines', 'values.yaml', () => lines((index) => `"k${index}": "v'x'"`), /more than 5000 facts/),
  heavy('an alias bomb', 'values.yaml', () => BOMB, /aliases resolved/),
  heavy('100,000 levels', 'values.yaml', () => '['.repeat(100_000), /nested deeper/),
  heavy('100,000 levels over lines', 'package.json', () => '{"a":\n'.repeat(100_000), /nested deeper/),
  heavy('100,000 levels of dashes', 'values.yaml', () => `${'- '.repeat(9000)}\n`, /nested deeper/),
  heavy('100,000 blocks', 'main.tf', () => 'a {\n'.repeat(100_000), /nested deeper/),
  heavy('quotes', 'values.yaml', () => `a: ${"'".repeat(19_000)}`, /quotes on one line/),
  heavy('a line of YAML without end', 'values.yaml', () => `a: ${'b '.repeat(200_000)}`, /line longer than/),
  heavy('names of secrets', 'README.md', () => lines(() => 'token password secret is '.repeat(700))),
  heavy('quotes after secrets', 'src/app.ts', () => lines(() => 'token("'.repeat(2000)), /not read as program text/),
  heavy('addresses without end', '.env', () => lines(() => `URL=${'http://a:'.repeat(2000)}`)),
  heavy('nothing but line ends', 'k8s/web.yaml', () => '\n'.repeat(HUGE)),
  heavy(
    'one pin again and again',
    'infra/main.bicep',
    () => lines(() => "param postgresVersion string = '16'"),
    /more than 5000 facts/,
  ),
  heavy('a word of a command again and again', 'amplify.yml', () => 'npm '.repeat(HUGE / 4), /line longer than/),
  heavy('spaces behind a word', 'nginx.conf', () => `server${' '.repeat(HUGE)}x`),
  heavy('spaces behind a name', 'requirements.txt', () => lines(() => `django${' '.repeat(1900)}x`)),
  heavy('brackets', '.htaccess', () => lines(() => `RewriteRule a b ${'['.repeat(15_000)}`)),
  heavy('parts of a file name', `bitbucket-pipelines${'-a'.repeat(100)}.yam`, () => 'image: node:20\n'),
  heavy(
    'a packed program',
    'src/packed.js',
    () => `process.env.PORT;x="${'a'.repeat(900_000)}"`,
    /not read as program text/,
  ),
  heavy('a file too large', '.env.local', () => 'A=1\n'.repeat(300_000), /larger than/),
];
