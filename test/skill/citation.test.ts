import { expect, test } from 'vitest';
import { contextOf, findAnchor } from '../../scripts/skill/citation.ts';

const YAML = `community:
  outcome:
    enabled: true
  bookings:
    enabled: true
sns:
  enabled: false
  topic: orders

mail:
  enabled: true
`;
const TOPIC = { path: 'app.yml', line: 8, text: 'topic: orders' };
const BOOKINGS = { path: 'app.yml', line: 5, text: 'enabled: true', under: ['bookings:', 'community:'] };

function linesOf(text: string) {
  return (path: string) => (path === 'app.yml' ? text.split('\n') : undefined);
}

test('a line whose text is the only one needs nothing else to be found by', () => {
  expect(contextOf(TOPIC, linesOf(YAML))).toBeUndefined();
  expect(findAnchor(TOPIC, linesOf(`# new\n${YAML}`))).toEqual({ state: 'moved', line: 9 });
});

test('of lines that say the same the one under the same headings is meant', () => {
  expect(contextOf({ ...BOOKINGS }, linesOf(YAML))).toEqual(BOOKINGS.under);
  expect(findAnchor(BOOKINGS, linesOf(YAML))).toEqual({ state: 'holds' });
  // Line 5 says `enabled: true` here too, of another setting.
  const shifted = YAML.replace('  outcome:\n', '  # of 2024\n  # and later\n  outcome:\n');
  expect(shifted.split('\n')[4]).toBe('    enabled: true');
  expect(findAnchor(BOOKINGS, linesOf(shifted))).toEqual({ state: 'moved', line: 7 });
  expect(findAnchor(BOOKINGS, linesOf(YAML.replace('community:', 'community-api:')))).toEqual({ state: 'holds' });
});

test('a setting that was turned is stale, however many others still say what it said', () => {
  const turned = YAML.replace('  bookings:\n    enabled: true', '  bookings:\n    enabled: false');
  expect(findAnchor(BOOKINGS, linesOf(turned))).toEqual({
    state: 'stale',
    reason: 'the line is now "enabled: false"',
    line: 5,
  });
  const gone = YAML.replace('  bookings:\n    enabled: true\n', '').replace(
    '  outcome:\n',
    '  # kept\n  # long\n  outcome:\n',
  );
  expect(findAnchor(BOOKINGS, linesOf(gone))).toMatchObject({
    state: 'stale',
    reason: expect.stringContaining('stands under "outcome:" now'),
  });
});

test('without headings, several lines of the same text are left to people', () => {
  const { under: _, ...plain } = BOOKINGS;
  expect(findAnchor(plain, linesOf(`# a\n# b\n# c\n${YAML}`))).toMatchObject({
    state: 'stale',
    reason: 'its text stands on lines 6, 8 and 14 now: cite the one that is meant',
  });
});

test('a flat file tells lines apart by the one before', () => {
  const flat = ['[mail]', 'retries=3', '[sms]', 'retries=3'].join('\n');
  const sms = { path: 'app.yml', line: 4, text: 'retries=3' };
  const under = contextOf(sms, linesOf(flat));
  expect(under).toEqual(['[sms]']);
  expect(findAnchor({ ...sms, under: under ?? [] }, linesOf(`# new\n${flat}`))).toEqual({ state: 'moved', line: 5 });
});

test('a line that was rewritten while others were put in above it is told where it stands now', () => {
  const rewritten = YAML.replace('topic: orders', 'topic: parcels').replace('sns:', '# one\n# two\nsns:');
  expect(findAnchor(TOPIC, linesOf(rewritten))).toEqual({
    ...{ state: 'stale', line: 10 },
    reason: 'the line is now "topic: parcels", on line 10',
  });
  // Nothing like it is left: what stands on its line is told.
  expect(findAnchor(TOPIC, linesOf(YAML.replace('  topic: orders\n', '')))).toMatchObject({ state: 'stale', line: 8 });
});
