import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { escapePattern } from '../../scripts/syntax/escape-pattern.ts';
import { type Mutation, mutations } from './support/mutations.ts';

// `npm run mutate`: each defect of the table is made in a copy of this project, and its case must fail there. `--only 'TEXT|TEXT'` for some.
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const ROOT = join(import.meta.dirname, '..', '..');
/** What a case may take, in milliseconds; what takes longer never ends. */
const ENDLESS = 400_000;
/** What a test may take of memory, in MiB, so that a defect that takes all of it ends soon. */
const HEAP = 1024;

interface Case {
  fullName: string;
  status: string;
}

/** What became of the cases of a test file; `undefined` where it ended without a word, or not at all. */
async function casesOf(copy: string, test: string, name: string): Promise<Case[] | undefined> {
  const output = join(copy, 'cases.json');
  rmSync(output, { force: true });
  const vitest = join(copy, 'node_modules', 'vitest', 'vitest.mjs');
  // In brackets, for quotes around an argument would be taken away.
  const args = [vitest, 'run', test, '-t', `(?:${name})`, '--reporter=json', `--outputFile=${output}`];
  const child = spawn(process.execPath, args, {
    cwd: copy,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, NODE_OPTIONS: `--max-old-space-size=${HEAP}` },
  });
  const { pid } = child;
  await new Promise((done) => {
    // The whole group: a test that hangs has children that do.
    const watch = setTimeout(() => pid !== undefined && process.kill(-pid, 'SIGKILL'), ENDLESS);
    child.on('exit', (code) => {
      clearTimeout(watch);
      done(code);
    });
  });
  if (!existsSync(output)) return undefined;
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as { testResults: { assertionResults: Case[] }[] };
  return testResults
    .flatMap((each) => each.assertionResults)
    .filter((each) => ['passed', 'failed'].includes(each.status));
}

/** Makes a defect in the copy; gives back what undoes it. Throws where an edit has no place any more. */
function make(copy: string, { name, edits }: Mutation): () => void {
  const before = new Map<string, string>();
  const undo = (): void => {
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
  };
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(copy, file), 'utf8');
    if (!before.has(file)) before.set(file, text);
    const places = text.split(from).length - 1;
    if (places !== 1) {
      undo();
      throw new Error(`"${name}" cannot be made: ${places} places in ${file} say ${JSON.stringify(from.slice(0, 80))}`);
    }
    writeFileSync(
      join(copy, file),
      text.replace(from, () => to),
    );
  }
  return undo;
}

/** What the case of a defect says of it. */
async function judge(copy: string, mutation: Mutation): Promise<{ red: boolean; says: string }> {
  let undo: () => void;
  try {
    undo = make(copy, mutation);
  } catch (error) {
    return { red: false, says: (error as Error).message };
  }
  try {
    const cases = await casesOf(copy, mutation.test, escapePattern(mutation.fails));
    if (cases === undefined || cases.length === 0)
      return { red: mutation.ends === true, says: 'the process ends, or never does' };
    const failed = cases.filter(({ status }) => status === 'failed').length;
    const red = mutation.every ? failed === cases.length && failed > 0 : failed > 0;
    return { red, says: `${failed} of ${cases.length} cases fail` };
  } finally {
    undo();
  }
}

const wanted = values.only.split('|');
const chosen = mutations.filter(({ promise, name, fails }) =>
  wanted.some((text) => `${promise}: ${name} ${fails}`.includes(text)),
);
const copy = mkdtempSync(join(tmpdir(), 'mutated-'));
try {
  const left = ['node_modules', '.git'];
  cpSync(ROOT, copy, {
    recursive: true,
    filter: (path) => !left.includes(basename(path)) || path.includes('fixtures'),
  });
  symlinkSync(realpathSync(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  let green = 0;
  // A case that fails as it is proves nothing, and neither does one that there is not.
  for (const test of new Set(chosen.map((each) => each.test))) {
    const names = [...new Set(chosen.filter((each) => each.test === test).map(({ fails }) => fails))];
    const cases = (await casesOf(copy, test, names.map(escapePattern).join('|'))) ?? [];
    const isGood = (name: string): boolean => {
      const own = cases.filter(({ fullName }) => fullName.includes(name));
      return own.length > 0 && own.every(({ status }) => status === 'passed');
    };
    for (const name of names.filter((each) => !isGood(each))) {
      green += 1;
      process.stdout.write(`BEFORE ANY DEFECT ${test} "${name}" fails, or there is none\n`);
    }
  }
  for (const mutation of chosen) {
    const start = performance.now();
    const { red, says } = await judge(copy, mutation);
    if (!red) green += 1;
    const seconds = Math.round((performance.now() - start) / 1000);
    const { promise, name, test, fails } = mutation;
    process.stdout.write(
      `${red ? 'red' : 'NOT RED'} ${promise}: ${name} -> ${test} "${fails}": ${says}, ${seconds} s\n`,
    );
  }
  process.stdout.write(`${chosen.length} defects, ${green} not found\n`);
  process.exitCode = green > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
