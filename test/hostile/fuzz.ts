import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { targets } from './support/fuzz.ts';

// `npm run fuzz -- --runs 100000 --seed 1 --jobs 2 [--only readers]`: the long run, in parts at the same time, each of the next seed. The short one is among the tests.
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    /** One target alone. */
    only: { type: 'string' },
    /** The target that this process is to run; the others have processes of their own. */
    child: { type: 'string' },
  },
});
/** An input takes milliseconds; the process is ended from outside, as what never ends cannot do it itself. */
const HANGS_AFTER = 300_000;
const jobs = Number(values.jobs);
/** The memory that a run may take, in MiB. */
const HEAP = 768;

interface Message {
  inputs: number;
  said?: string;
  failed?: boolean;
}

function child(name: string): void {
  const target = targets.find((each) => each.name === name);
  if (!target) throw new Error(`no target ${name}`);
  const start = performance.now();
  let inputs = 0;
  target.property.beforeEach(() => {
    inputs += 1;
    if (inputs % 100 === 0) process.send?.({ inputs } satisfies Message);
  });
  const result = fc.check(target.property, {
    numRuns: Math.round(Number(values.runs) * target.share),
    seed: Number(values.seed),
    endOnFailure: true,
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const said = `${name}: ${result.numRuns} inputs, seed ${result.seed}, ${result.failed ? 'FAILED' : 'no failure'}, ${seconds} s, ${memory} MiB at most`;
  const why = result.failed ? `\n${String(result.errorInstance)}\n${JSON.stringify(result.counterexample)}` : '';
  process.send?.({ inputs, said: said + why, failed: result.failed } satisfies Message);
}

/** Whether one target holds, told on standard output. */
async function holds(name: string, part: number): Promise<boolean> {
  const seed = String(Number(values.seed) + part);
  const runs = String(Math.ceil(Number(values.runs) / jobs));
  const worker = fork(import.meta.filename, ['--runs', runs, '--seed', seed, '--child', name], {
    execArgv: [...process.execArgv, `--max-old-space-size=${HEAP}`],
  });
  return new Promise((resolve) => {
    let last: Message = { inputs: 0 };
    let watch = setTimeout(() => worker.kill('SIGKILL'), HANGS_AFTER);
    worker.on('message', (message: Message) => {
      last = message;
      clearTimeout(watch);
      watch = setTimeout(() => worker.kill('SIGKILL'), HANGS_AFTER);
    });
    worker.on('exit', (code, signal) => {
      clearTimeout(watch);
      const died = `${name}: HANGS or dies (${signal ?? code}) after ${last.inputs} inputs or some more, seed ${seed}`;
      process.stdout.write(`${last.said ?? died}\n`);
      resolve(last.failed === false);
    });
  });
}

if (values.child !== undefined) child(values.child);
else {
  for (const { name } of targets.filter(({ name }) => values.only === undefined || values.only === name)) {
    const parts = await Promise.all(Array.from({ length: jobs }, (_, part) => holds(name, part)));
    if (!parts.every(Boolean)) process.exitCode = 1;
  }
}
