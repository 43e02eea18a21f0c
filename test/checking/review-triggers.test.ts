import { expect, test } from 'vitest';
import { firedTriggers } from '../../scripts/checking/review-triggers.ts';
import { readMap } from '../../scripts/skill/read-map.ts';
import { filesOf } from '../hostile/support/plant.ts';

const text = filesOf('demo-answers').get('parity-map.yaml') ?? '';
const files = ['k8s/production/web.yaml', 'k8s/staging/web.yaml', 'src/queue.ts', 'src/jobs/mail.ts', 'worker.ts'];

/** The changed file that fires, where one register entry's review trigger says this and every file changed. */
function fires(trigger: string): string | undefined {
  const now = text.replace(/reviewTrigger: .*/, () => `reviewTrigger: ${JSON.stringify(trigger)}`);
  const { map, lineOf } = readMap(now, 'parity-map.yaml');
  const own = { ...map, register: map.register.slice(0, 1) };
  const since = { paths: files, isChanged: () => true, textOf: () => now };
  return firedTriggers(own, since, files, 'parity-map.yaml', lineOf)[0]?.related[0]?.path;
}

test.each([
  ['a change to src/queue.ts', 'src/queue.ts'],
  ['when src/queue.ts changes.', 'src/queue.ts'],
  ['a change below k8s/staging/', 'k8s/staging/web.yaml'],
  ['a change to `k8s/**/web.yaml`', 'k8s/production/web.yaml'],
  ['a change to **/worker.ts', 'worker.ts'],
  ['a change to src/*.ts', 'src/queue.ts'],
  ['a change to src/*/*.ts', 'src/jobs/mail.ts'],
  ['a change to src/{mailer,queue}.ts, or a release', 'src/queue.ts'],
  ['is src/queu?.ts still there?', 'src/queue.ts'],
  ['a change to src/{mailer,jobs}.ts', undefined],
  ['the next release', undefined],
  ['what* happens?', undefined],
])('%s: %s', (trigger, path) => {
  expect(fires(trigger)).toBe(path);
});

test('entries that name one changed file are one finding', () => {
  const now = text.replaceAll(/reviewTrigger: .*/g, 'reviewTrigger: a change to src/queue.ts');
  const { map, lineOf } = readMap(now, 'parity-map.yaml');
  const since = { paths: files, isChanged: (path: string) => path === 'src/queue.ts', textOf: () => now };
  const [finding, ...more] = firedTriggers(map, since, files, 'parity-map.yaml', lineOf);
  expect(more).toEqual([]);
  expect(map.register.length).toBeGreaterThan(1);
  expect(finding?.message).toMatch(/^src\/queue\.ts changed, which the review triggers of .+, .+ name; look at those/);
});
