import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { inMemory } from './support/fuzz.ts';
import { generalShapes, type Shape, sampleShapes, weightTargets } from './support/weights.ts';

// `npm run weigh -- --size 256000`: every reader's file with every shape of text; what takes long or more than twice as long for twice the size.
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '128000' },
    reader: { type: 'string' },
    from: { type: 'string', default: '0' },
    part: { type: 'string', default: 'all' },
    child: { type: 'boolean', default: false },
  },
});
const size = Number(values.size);
/** What a megabyte may take, in milliseconds, scaled down to the size. */
const SLOW = (8000 * size) / 1_000_000;
const HANGS_AFTER = 60_000;
/** The memory that a repository may take, in MiB: what needs more dies and is named. */
const HEAP = 768;

function cases(): { name: string; path: string; shape: Shape }[] {
  return weightTargets
    .filter(({ reader }) => values.reader === undefined || values.reader === reader)
    .flatMap((target) =>
      [
        ...(values.part === 'sample' ? [] : generalShapes),
        ...(values.part === 'general' ? [] : sampleShapes(target)),
      ].map((shape) => ({
        name: `${target.reader} (${target.path}): ${shape.name}`,
        path: target.path,
        shape,
      })),
    );
}

/** The processor's time, in milliseconds: other programs do not count. */
function timeOf(path: string, text: string): number {
  const start = process.cpuUsage();
  inspectOpened(inMemory(new Map([[path, text]])));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function child(): void {
  const all = cases();
  for (let index = Number(values.from); index < all.length; index += 1) {
    const each = all[index];
    if (each === undefined) break;
    process.send?.({ index, name: each.name });
    const whole = timeOf(each.path, each.shape.of(size));
    if (whole < SLOW) continue;
    const half = timeOf(each.path, each.shape.of(size / 2));
    process.send?.({
      index,
      name: each.name,
      slow: `${Math.round(half)} -> ${Math.round(whole)} ms (x ${(whole / half).toFixed(1)})`,
    });
  }
  process.send?.({ index: all.length, name: '', memory: Math.round(process.resourceUsage().maxRSS / 1024) });
}

function parent(from: number): void {
  const args = [...process.argv.slice(2), '--child', '--from', String(from)];
  const worker = fork(import.meta.filename, args, { execArgv: [...process.execArgv, `--max-old-space-size=${HEAP}`] });
  let last = { index: from, name: '' };
  let watch = setTimeout(() => undefined, 0);
  worker.on('message', (message: { index: number; name: string; slow?: string; memory?: number }) => {
    clearTimeout(watch);
    last = message;
    if (message.slow !== undefined) process.stdout.write(`${message.name}: ${message.slow}\n`);
    if (message.memory !== undefined)
      process.stdout.write(`${message.index} cases of ${size} characters, ${message.memory} MiB at most\n`);
    else watch = setTimeout(() => worker.kill('SIGKILL'), HANGS_AFTER);
  });
  worker.on('exit', (code) => {
    clearTimeout(watch);
    if (code === 0) return;
    process.stdout.write(`${last.name}: HANGS or dies (${code})\n`);
    parent(last.index + 1);
  });
}

if (values.child) child();
else parent(Number(values.from));
