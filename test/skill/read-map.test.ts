import { expect, test } from 'vitest';
import { printMap } from '../../scripts/skill/print-map.ts';
import { readMap } from '../../scripts/skill/read-map.ts';
import { filledMap } from '../support/parity-maps.ts';

const text = printMap(filledMap());
const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

test.each([
  ['a value of another kind', text.replace('severity: high', 'severity: grave'), lineOf('severity: high')],
  ['a key that is none', text.replace('    intent: mend', '    intend: mend'), lineOf('- id: version-mismatch')],
  ['a line from 1', text.replace('line: 12', 'line: 0'), lineOf('line: 12')],
  [
    'a day that is no day',
    text.replace(
      'decisions: []',
      'decisions:\n  - id: a\n    question: b\n    answer: c\n    by: d\n    date: June\n    settles: e\n    citations: []',
    ),
    lineOf('decisions:') + 5,
  ],
])('refuses %s, and says the line', (_, broken, line) => {
  expect(() => readMap(broken, 'parity-map.yaml')).toThrow(new RegExp(`^parity-map\\.yaml:${line}: `));
});

test('refuses what is no YAML, hostile or far too large', () => {
  expect(() => readMap('a: [1', 'm.yaml')).toThrow(/^m\.yaml:1: not valid YAML/);
  expect(() => readMap(`a: ${'['.repeat(5000)}`, 'm.yaml')).toThrow(/^m\.yaml:1: nested deeper/);
  expect(() => readMap('- a', 'm.yaml')).toThrow(/^m\.yaml:1: /);
  expect(() => readMap(`a: "? b"\n${'? '.repeat(100)}`, 'm.yaml')).toThrow(/^m\.yaml:2: a key that begins with/);
  expect(() => readMap('', 'm.yaml')).toThrow(/^m\.yaml:1: /);
});

test('brackets in quotations are text, and those that nest are counted', () => {
  const map = filledMap();
  const said = 'if (process.env.NODE_ENV === "production") {';
  const citations = Array.from({ length: 150 }, (_, index) => ({ path: 'src/app.ts', line: index + 1, text: said }));
  for (const surface of map.surfaces) surface.citations = citations;
  expect(readMap(printMap(map), 'm.yaml').map.surfaces[0]?.citations).toEqual(citations);
  const deep = `a: "{{{{"\nb: '[['\nc: it's [ {\nd: |\n  {{{\ne: [\n${'["x: [", '.repeat(101)}\n`;
  expect(() => readMap(deep, 'm.yaml')).toThrow(/^m\.yaml:7: nested deeper/);
});
