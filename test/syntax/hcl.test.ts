import { expect, test } from 'vitest';
import { bodyTree, parseHcl } from '../../scripts/syntax/hcl.ts';
import { at, items, scalars, type Tree, textAt } from '../../scripts/syntax/tree.ts';

function flat(tree: Tree | undefined): string[] {
  return tree
    ? [...scalars(tree)].map(
        ({ keys, line, scalar }) => `${keys.join('.')}=${scalar.text}:${line}${scalar.computed ? ' computed' : ''}`,
      )
    : [];
}

test('attributes, maps, lists and expressions keep their text and lines', () => {
  const text = [
    'version = 3.10 # as written',
    'on = true // yes',
    'none = null',
    'names = ["a", "b", /* c */ var.c]',
    'tags = { "a:b" = "x", c: 2, (local.key) = "z"',
    '  d = "y" }',
    'size = var.env == "prod" ? "big" : "small"',
    'whole = "$' + '{var.x}"',
    'part = "a-$' + '{var.x["k"]}-$$' + '{kept}\\n"',
    'all = [for x in var.l : {',
    '  y = x',
    '}]',
    'last = "}"',
  ].join('\n');
  expect(flat(bodyTree(parseHcl(text).body))).toEqual([
    'version=3.10:1',
    'on=true:2',
    'none=:3',
    'names.0=a:4',
    'names.1=b:4',
    'names.2=var.c:4 computed',
    'tags.a:b=x:5',
    'tags.c=2:5',
    'tags.(local.key)=z:5',
    'tags.d=y:6',
    'size=var.env == "prod" ? "big" : "small":7 computed',
    'whole=var.x:8 computed',
    'part=a-${var.x["k"]}-${kept}\n:9',
    'all=[for x in var.l : { y = x }]:10 computed',
    'last=}:13',
  ]);
});

test('blocks have labels, lists of one type, and text blocks', () => {
  const { body } = parseHcl('a "b" c {\n  d { e = 1 }\n  d { e = 2 }\n  f = <<-EOT\n    g\n  EOT\n}\n');
  expect(body.blocks.map(({ type, labels, line }) => [type, labels, line])).toEqual([['a', ['b', 'c'], 1]]);
  const inner = at(bodyTree(body), 'a', 'b', 'c');
  expect(items(at(inner, 'd')).map((each) => textAt(each, 'e'))).toEqual(['1', '2']);
  expect(textAt(inner, 'f')).toBe('    g');
});

test('calls that only change the form are read as what they are given', () => {
  const tree = bodyTree(
    parseHcl('a = jsonencode([{ b = 1 }])\nc = merge(var.x, { d = 2 }, { e = 3 })\nf = templatefile("p", { g = 4 })\n')
      .body,
  );
  expect(flat(tree)).toEqual(['a.0.b=1:1', 'c.d=2:2', 'c.e=3:2', 'f.g=4:3']);
});

test('a break is named, what stood before it stays, and reading goes on behind it', () => {
  const { body, broken } = parseHcl('a "one" {\n  b = 1\n  c = "open\n}\nd "two" {\n  e = 2\n}\nf {\n');
  expect(broken).toEqual(['line 3: a string is not closed', 'line 9: a block is not closed']);
  expect(body.blocks.map((each) => each.type)).toEqual(['a', 'd', 'f']);
  expect(textAt(bodyTree(body), 'd')).toBeUndefined();
  expect(textAt(at(bodyTree(body), 'd', 'two'), 'e')).toBe('2');
});

test.each([
  ['brackets', `a = ${'['.repeat(50_000)}`],
  ['nested blocks', 'a {\n'.repeat(50_000)],
  ['templates in templates', `a = "${'${"'.repeat(5000)}`],
  ['text blocks that never end', Array.from({ length: 60_000 }, (_, index) => `a = <<E${index}`).join('\n')],
  ['strings that never end', 'a = "x\n'.repeat(100_000)],
  ['comments that never end', 'a = 1 /*\n'.repeat(100_000)],
  ['templates that never end', 'a = "${x\n'.repeat(100_000)],
  ['attributes', 'a = 1\n'.repeat(150_000)],
  ['no syntax at all', '} ] ) = " <<\n'.repeat(70_000)],
  ['blanks', `a = [${' '.repeat(15_000)}for${'\n'.repeat(500_000)}`],
  ['maps that are indexed', `a = ${'[{ a = '.repeat(40)}1${' }].x'.repeat(40)}`],
])('HCL of %s ends quickly', (_, text) => {
  const start = performance.now();
  parseHcl(text);
  expect(performance.now() - start).toBeLessThan(3000);
});
