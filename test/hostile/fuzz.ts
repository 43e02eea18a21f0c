import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { targets } from './support/fuzz.ts';

// `npm run fuzz -- --runs 100000 --seed 1`: the long run. The short one is among the tests.
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const start = performance.now();
for (const { name, share, property } of targets) {
  const result = fc.check(property, {
    numRuns: Math.round(Number(values.runs) * share),
    seed: Number(values.seed),
    endOnFailure: true,
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${name}: ${result.numRuns} inputs, seed ${result.seed}, ${result.failed ? 'FAILED' : 'no failure'}, ${seconds} s so far, ${memory} MiB at most\n`,
  );
  if (result.failed) {
    process.stdout.write(`${String(result.errorInstance)}\n${JSON.stringify(result.counterexample)}\n`);
    process.exitCode = 1;
  }
}
