import { expect, test } from 'vitest';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { readers } from '../../scripts/readers/index.ts';
import { inMemory } from './support/in-memory.ts';
import { generalShapes, type Shape, sampleShapes, type Target, weightTargets } from './support/weights.ts';

/** Small, so that all of it takes a minute; `npm run weigh` takes every shape at any size. */
const SIZE = 24_000;
/** What is linear takes some tens of milliseconds; what takes the square of this size, seconds. */
const TOO_LONG = 2500;

/** The processor's time, in milliseconds: other programs do not count. */
function timeOf(path: string, text: string): number {
  const start = process.cpuUsage();
  inspectOpened(inMemory(new Map([[path, text]])));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A shape of the reader's own, and for each third reader one of any file: another with each. */
function someShapes(target: Target, index: number): Shape[] {
  const general = generalShapes[(index * 37) % generalShapes.length];
  return [...sampleShapes(target).slice(0, 1), ...(general && index % 3 === 0 ? [general] : [])];
}

test.each(
  weightTargets.map((target, index) => ({ ...target, index })),
)('$reader: no shape of text takes long', (each) => {
  const slow = someShapes(each, each.index)
    .map((shape) => ({ shape: shape.name, took: Math.round(timeOf(each.path, shape.of(SIZE))) }))
    .filter(({ took }) => took > TOO_LONG);
  expect(slow).toEqual([]);
});

test('what takes the square of its size is seen', () => {
  const { path, sample } = weightTargets.find(({ reader }) => reader === 'dotenv') ?? { path: '', sample: '' };
  const dotenv = readers.find(({ name }) => name === 'dotenv');
  const read = dotenv?.read;
  if (!dotenv || !read) throw new Error('no reader dotenv');
  let steps = 0;
  dotenv.read = (file) => {
    for (let a = 0; a < file.text.length; a += 1) for (let b = 0; b < file.text.length; b += 1) steps += a ^ b;
    return read(file);
  };
  try {
    const [again] = sampleShapes({ reader: 'dotenv', path, sample });
    expect(timeOf(path, again?.of(SIZE * 2) ?? '')).toBeGreaterThan(TOO_LONG);
    expect(steps).not.toBe(0);
  } finally {
    dotenv.read = read;
  }
});
