import { fork } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { HEAVY } from './support/heavy.ts';
import { folderWith } from './support/outputs.ts';

// `npm run heaviest`: what the heaviest repositories take, each in a process of its own, beside a small file that must be read.
const [, , folder] = process.argv;
/** What a repository may take, in MiB. */
const MOST = 1024;
const COMPOSE = 'services:\n  db:\n    image: postgres:16\n';

interface Case {
  name: string;
  write: (put: (path: string, text: string) => void) => void;
}

const one = (name: string, path: string, text: () => string): Case => ({
  name,
  write: (put) => put(path, text()),
});
const numbered = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n');

const cases: readonly Case[] = [
  one('a file of 200 MB', 'data/values.yaml', () => 'a: b\n'.repeat(40_000_000)),
  one('one line of 50 MB', 'src/app.js', () => `process.env.PORT;${'a'.repeat(50_000_000)}`),
  one('a million keys, JSON', 'package.json', () => `{${numbered(1_000_000, (index) => `"k${index}":1,`)}"a":1}`),
  one('a million lines', '.env.production', () => numbered(1_000_000, (index) => `K${index}=v`)),
  one('a million empty lines', 'k8s/web.yaml', () => '\n'.repeat(999_999)),
  ...HEAVY.map(({ name, path, text }) => one(name, path, text)),
  {
    name: '100,000 files',
    write(put) {
      for (let index = 0; index < 100_000; index += 1)
        put(`src/part${index % 500}/file${index}.ts`, `export const key${index} = process.env.KEY_${index % 50};\n`);
    },
  },
  {
    name: '300 folders deep',
    write: (put) => put(`${'deep/'.repeat(300)}compose.yaml`, COMPOSE.replace('16', '15')),
  },
  {
    name: '300 files of a million bytes',
    write(put) {
      for (let index = 0; index < 300; index += 1)
        put(`config/part${index}.yaml`, numbered(59_000, (line) => `key${line}: value ${index}`).slice(0, 990_000));
    },
  },
];

function measured(root: string): void {
  const start = process.cpuUsage();
  const { facts, coverage } = inspectRepository(root);
  const { user, system } = process.cpuUsage(start);
  process.send?.({
    // The processor's time: other programs do not count.
    seconds: (user + system) / 1_000_000,
    memory: process.resourceUsage().maxRSS / 1024,
    isRead: facts.some(({ subject }) => subject === 'postgresql'),
    unread: coverage.unread.length,
  });
}

interface Message {
  seconds: number;
  memory: number;
  isRead: boolean;
  unread: number;
}

async function heaviest(): Promise<void> {
  process.stdout.write(
    '| Case | seconds | MiB | named as not read | the rest is read |\n| --- | --- | --- | --- | --- |\n',
  );
  for (const { name, write } of cases) {
    const root = folderWith(new Map([['compose.yaml', COMPOSE]]));
    write((path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    });
    const said = await new Promise<Message | undefined>((done) => {
      const worker = fork(import.meta.filename, [root], {
        execArgv: [...process.execArgv, '--max-old-space-size=768'],
      });
      let last: Message | undefined;
      worker.on('message', (message: Message) => {
        last = message;
      });
      worker.on('exit', () => done(last));
    });
    rmSync(root, { recursive: true, force: true });
    const holds = said?.isRead === true && said.memory < MOST;
    if (!holds) process.exitCode = 1;
    process.stdout.write(
      said
        ? `| ${name} | ${said.seconds.toFixed(1)} | ${Math.round(said.memory)} | ${said.unread} | ${said.isRead ? 'yes' : 'NO'} |\n`
        : `| ${name} | dies | | | NO |\n`,
    );
  }
}

if (folder === undefined) await heaviest();
else measured(folder);
