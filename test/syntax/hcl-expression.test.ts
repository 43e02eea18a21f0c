import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateHcl, type HclValue } from '../../scripts/syntax/hcl-expression.ts';

const NAMES: { [name: string]: HclValue } = {
  'var.env': { literal: 'production' },
  'local.is_live': { literal: true },
  'data.x.tags["env"]': { literal: 'production' },
};
const lookUp = (name: string): HclValue | undefined => NAMES[name];

test.each<[string, HclValue | undefined]>([
  ['var.env == "production" ? 1 : 0', { literal: 1 }],
  ['var.env != "production" ? 1 : 0', { literal: 0 }],
  ['"production" == var.env', { literal: true }],
  ['(var.env == "production" ? "a" : "b")', { literal: 'a' }],
  ['var.env == "dev" ? 1 : var.env == "production" ? 2 : 3', { literal: 2 }],
  ['var.env == "dev" || local.is_live', { literal: true }],
  ['var.env != "production" && var.unknown', { literal: false }],
  ['var.env == "production" && var.unknown', undefined],
  ['var.env == "production" || var.unknown ? 1 : 0', { literal: 1 }],
  ['!local.is_live', { literal: false }],
  ['!(var.env == "dev")', { literal: true }],
  ['contains(["staging", "production"], var.env) ? "x" : "y"', { literal: 'x' }],
  ['contains(["staging"], var.env)', { literal: false }],
  ['contains(["staging", var.unknown], var.env)', undefined],
  ['contains(local.list, var.env)', undefined],
  ['data.x.tags["env"] == "production"', { literal: true }],
  ['var.env == "production" ? {} : { a = 1 }', { isEmpty: true }],
  ['var.env == "production" ? toset(["a"]) : toset([])', { isEmpty: false }],
  ['var.env == "production" ? null : "x"', { literal: null }],
  ['var.env == "dev" ? "x" : max(var.a, 2)', { left: 'max(var.a, 2)' }],
  ['var.env == "dev" ? "x" : "${var.a}-b"', { left: '"${var.a}-b"' }],
  ['var.unknown ? 1 : 2', undefined],
  ['startswith(var.env, "prod")', undefined],
  ['var.env == "production" ?', undefined],
  ['var.env == "production" ? 1 : 0 extra', undefined],
  ['var.a + 1', undefined],
  ['', undefined],
])('%s', (text, value) => {
  expect(evaluateHcl(text, lookUp)).toEqual(value);
});

test('never throws, and ends, whatever the text', () => {
  const piece = fc.constantFrom(
    'var.env',
    '==',
    '!=',
    '"production"',
    '?',
    ':',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '!',
    '&&',
    ',',
    'contains',
    '1',
    '\u0000',
    '"',
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void evaluateHcl(pieces.join(' '), lookUp)));
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void evaluateHcl(text, lookUp)));
  expect(evaluateHcl('('.repeat(1999), lookUp)).toBeUndefined();
  expect(evaluateHcl('!'.repeat(1999), lookUp)).toBeUndefined();
  expect(evaluateHcl('x ? '.repeat(400), lookUp)).toBeUndefined();
});
