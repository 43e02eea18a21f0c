import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One in so many files configures something, or reads the environment; the others are program text without either. */
const EVERY_CONFIG = 40;
const EVERY_READ = 25;
const LINES = 80;

const NOUNS = ['order', 'basket', 'invoice', 'parcel', 'customer', 'price', 'report', 'ticket', 'stock', 'refund'];
const VERBS = ['load', 'merge', 'filter', 'render', 'sort', 'count', 'store', 'apply', 'parse', 'close'];

/** Numbers that are the same on every machine: a linear congruential generator. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Writes a repository of so many files: mostly TypeScript, Python, Go and Ruby without any read of the environment, some that read it, some
 * manifests. The same count gives the same files.
 */
export function writeRepository(root: string, count: number): void {
  const next = numbers(count);
  const pick = (list: readonly string[]) => list[next(list.length)] ?? '';
  for (let index = 0; index < count; index += 1) {
    const [path, text] =
      index % EVERY_CONFIG === 0 ? configFile(index) : programFile(index, next, pick, index % EVERY_READ === 1);
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function configFile(index: number): [path: string, text: string] {
  const unit = `services/unit-${index}`;
  const kinds: readonly [string, string][] = [
    [
      `${unit}/package.json`,
      JSON.stringify({ name: `unit-${index}`, dependencies: { express: '^4.18.0', pg: '^8.11.0' } }),
    ],
    [`${unit}/.env.example`, `UNIT_${index}_URL=http://localhost:${3000 + (index % 1000)}\nLOG_LEVEL=debug\n`],
    [`${unit}/docker-compose.yml`, 'services:\n  db:\n    image: postgres:15\n    ports: ["5432:5432"]\n'],
    [`${unit}/Dockerfile`, `FROM node:20-alpine\nENV NODE_ENV=production\nCOPY . .\nCMD ["node", "server.js"]\n`],
    [`${unit}/values-production.yaml`, `replicas: 3\nenv:\n  UNIT_${index}_URL: https://unit-${index}.example.com\n`],
  ];
  return kinds[(index / EVERY_CONFIG) % kinds.length] ?? ['README.md', '# Generated\n'];
}

function programFile(
  index: number,
  next: (below: number) => number,
  pick: (list: readonly string[]) => string,
  reads: boolean,
): [path: string, text: string] {
  const folder = `services/unit-${index - (index % EVERY_CONFIG)}/${pick(NOUNS)}`;
  const [extension, body, read] = LANGUAGES[next(LANGUAGES.length)] ?? TYPESCRIPT;
  const lines: string[] = reads ? [read(`UNIT_${index - (index % EVERY_CONFIG)}_URL`)] : [];
  for (let at = 0; lines.length < LINES; at += 1) lines.push(...body(`${pick(VERBS)}${at}`, pick(NOUNS), next(1000)));
  return [`${folder}/${pick(VERBS)}-${index}.${extension}`, `${lines.join('\n')}\n`];
}

type Style = [
  extension: string,
  body: (verb: string, noun: string, number: number) => string[],
  read: (key: string) => string,
];

const TYPESCRIPT: Style = [
  'ts',
  (verb, noun, number) => [
    `/** The ${noun} that a caller may ${verb}, at most ${number}. */`,
    `export function ${verb}(${noun}s: readonly string[], limit = ${number}): string[] {`,
    `  const found = ${noun}s.filter((each) => each.length > limit).map((each) => each.trim());`,
    `  if (found.length === 0) throw new Error('no ${noun} to show');`,
    `  return found.slice(0, limit); // the rest is of no use`,
    '}',
    '',
  ],
  (key) => `export const url = process.env.${key} ?? 'http://localhost:3000';`,
];
const LANGUAGES: readonly Style[] = [
  TYPESCRIPT,
  [
    'py',
    (verb, noun, number) => [
      `def ${verb}(${noun}s, limit=${number}):`,
      `    """Every ${noun} below the limit."""`,
      `    found = [each.strip() for each in ${noun}s if len(each) > limit]`,
      `    return {"${noun}": found, "count": len(found)}`,
      '',
    ],
    (key) => `import os\nurl = os.environ.get("${key}", "http://localhost:3000")`,
  ],
  [
    'go',
    (verb, noun, number) => [
      `// ${verb} gives every ${noun} below the limit.`,
      `func ${verb}(${noun}s []string) []string {`,
      `\tfound := make([]string, 0, ${number})`,
      `\tfor _, each := range ${noun}s {`,
      `\t\tif len(each) > ${number} { found = append(found, each) }`,
      '\t}',
      '\treturn found',
      '}',
    ],
    (key) => `package unit\nimport "os"\nvar url = os.Getenv("${key}")`,
  ],
  [
    'rb',
    (verb, noun, number) => [
      `# Every ${noun} below the limit.`,
      `def ${verb}(${noun}s, limit: ${number})`,
      `  ${noun}s.select { |each| each.length > limit }.map(&:strip)`,
      'end',
      '',
    ],
    (key) => `URL = ENV.fetch("${key}", "http://localhost:3000")`,
  ],
];
