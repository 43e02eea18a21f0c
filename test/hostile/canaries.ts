import { parseArgs } from 'node:util';
import { measure } from './support/measure.ts';
import { readerFixtures } from './support/plant.ts';

// `npm run canaries -- --phases 6`: every value of every reader's files is a canary once, and so is every key; what comes out is told.
const { values } = parseArgs({
  options: { phases: { type: 'string', default: '6' }, format: { type: 'string' } },
});
let planted = 0;
let out = 0;
const formats = readerFixtures().filter((format) => values.format === undefined || format === values.format);
for (const format of formats) {
  const result = measure(format, Number(values.phases));
  planted += result.planted;
  out += result.leaks.length;
  for (const { canary, way, excerpt } of result.leaks)
    process.stdout.write(`${format}: ${canary} (${way}): ${excerpt.trim().slice(0, 200)}\n`);
}
process.stdout.write(`${formats.length} formats, ${planted} canaries planted, ${out} come out\n`);
process.exitCode = out > 0 ? 1 : 0;
