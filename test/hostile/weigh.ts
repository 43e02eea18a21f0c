import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { inMemory } from './support/in-memory.ts';
import { textTargets } from './support/text-targets.ts';
import { generalShapes, type Shape, sampleShapes, weightTargets } from './support/weights.ts';

// `npm run weigh -- --size 256000`: every reader's file, and every text of a skill, with every shape of text, at an eighth of the size
// to all of it; what takes much more than twice as long for twice the size fails.
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
/** What a megabyte may take, in milliseconds, scaled down to the size; what takes less is not looked at again. */
const SLOW = (8000 * size) / 1_000_000;
/** What twice the size may take, in times of the size: more than 2 for the noise of a busy machine, less than the 4 of a square. */
const BOUND = 3;
const HANGS_AFTER = 60_000;
/** The memory that a repository may take, in MiB: what needs more dies and is named. */
const HEAP = 768;

interface Case {
  name: string;
  shape: Shape;
  run: (text: string) => void;
}

function cases(): Case[] {
  const isChosen = (name: string): boolean => values.reader === undefined || values.reader === name;
  const general = values.part === 'sample' ? [] : generalShapes;
  const ofReaders = weightTargets
    .filter(({ reader }) => values.part !== 'texts' && isChosen(reader))
    .flatMap((target) =>
      [...general, ...(values.part === 'general' ? [] : sampleShapes(target))].map((shape) => ({
        name: `${target.reader} (${target.path}): ${shape.name}`,
        shape,
        run: (text: string) => void inspectOpened(inMemory(new Map([[target.path, text]]))),
      })),
    );
  const ofTexts = textTargets
    .filter(({ name }) => isChosen(name))
    .flatMap(({ name, run }) => general.map((shape) => ({ name: `${name}: ${shape.name}`, shape, run })));
  return [...ofReaders, ...ofTexts];
}

/** The processor's time, in milliseconds: other programs do not count. */
function timeOf({ shape, run }: Case, length: number): number {
  const text = shape.of(length);
  const start = process.cpuUsage();
  run(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

interface Message {
  index: number;
  name: string;
  slow?: string;
  failed?: boolean;
  memory?: number;
}

function child(): void {
  const all = cases();
  const tell = (message: Message): void => void process.send?.(message);
  for (let index = Number(values.from); index < all.length; index += 1) {
    const each = all[index];
    if (each === undefined) break;
    tell({ index, name: each.name });
    const whole = timeOf(each, size);
    if (whole < SLOW) continue;
    const times = [...[8, 4, 2].map((part) => timeOf(each, size / part)), whole];
    const ratios = times.slice(1).map((time, at) => time / (times[at] ?? 1));
    // One measurement that a collection of garbage fell into is no square.
    const failed = ratios.slice(-2).every((ratio) => ratio > BOUND);
    const said = `${times.map((time) => Math.round(time)).join(', ')} ms (x ${ratios.map((ratio) => ratio.toFixed(1)).join(', ')})`;
    tell({ index, name: each.name, slow: said, failed });
  }
  tell({ index: all.length, name: '', memory: Math.round(process.resourceUsage().maxRSS / 1024) });
}

let failures = 0;

function parent(from: number): void {
  const args = [...process.argv.slice(2), '--child', '--from', String(from)];
  const worker = fork(import.meta.filename, args, { execArgv: [...process.execArgv, `--max-old-space-size=${HEAP}`] });
  let last: Message = { index: from, name: '' };
  let watch = setTimeout(() => undefined, 0);
  worker.on('message', (message: Message) => {
    clearTimeout(watch);
    last = message;
    if (message.failed) failures += 1;
    if (message.slow !== undefined)
      process.stdout.write(`${message.failed ? 'SUPERLINEAR ' : 'slow '}${message.name}: ${message.slow}\n`);
    if (message.memory !== undefined)
      process.stdout.write(
        `${message.index} cases of ${size} characters, ${failures} superlinear, ${message.memory} MiB at most\n`,
      );
    else watch = setTimeout(() => worker.kill('SIGKILL'), HANGS_AFTER);
  });
  worker.on('exit', (code) => {
    clearTimeout(watch);
    if (code !== 0) {
      failures += 1;
      process.stdout.write(`HANGS or dies (${code}) ${last.name}\n`);
      parent(last.index + 1);
    }
    process.exitCode = failures > 0 ? 1 : 0;
  });
}

if (values.child) child();
else parent(Number(values.from));
