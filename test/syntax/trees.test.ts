import { expect, test } from 'vitest';
import { parseJson } from '../../scripts/syntax/json.ts';
import { parseToml } from '../../scripts/syntax/toml.ts';
import { at, entry, items, scalars, type Tree, textAt } from '../../scripts/syntax/tree.ts';
import { parseYaml } from '../../scripts/syntax/yaml.ts';

/** `a.b=text:line` for every scalar. */
function flat(tree: Tree | undefined): string[] {
  return tree ? [...scalars(tree)].map(({ keys, line, scalar }) => `${keys.join('.')}=${scalar.text}:${line}`) : [];
}

test('YAML keeps the scalar’s own text, its comment and its line, over several documents', () => {
  const { documents, broken } = parseYaml('a: 3.10 # pinned\nb: "016"\nc: ~\n---\nd: [1.0, yes]\n');
  expect(broken).toEqual([]);
  expect(documents.map(flat)).toEqual([
    ['a=3.10:1', 'b=016:2', 'c=:3'],
    ['d.0=1.0:5', 'd.1=yes:5'],
  ]);
  expect(at(documents[0], 'a')).toMatchObject({ comment: 'pinned', value: 3.1 });
});

test('YAML merges and anchors are resolved with the lines of what they stand for; own keys win', () => {
  const { documents } = parseYaml(
    'x: &base\n  image: node:20\n  user: app\nweb:\n  <<: *base\n  image: node:22\nlist: [*base]\n',
  );
  const web = at(documents[0], 'web');
  expect(textAt(web, 'image')).toBe('node:22');
  expect(entry(web, 'user')?.line).toBe(3);
  expect(textAt(items(at(documents[0], 'list'))[0], 'image')).toBe('node:20');
});

test('broken YAML gives what stood before the break, and names the line', () => {
  const { documents, broken } = parseYaml('a: 1\nb: [1, 2\nc: "open\n');
  expect(textAt(documents[0], 'a')).toBe('1');
  expect(broken.length).toBeGreaterThan(0);
  expect(broken[0]).toMatch(/^line \d+: not valid YAML/);
});

test.each([
  [
    'an alias bomb',
    `a: &a [x]\n${'bcdefghi'
      .split('')
      .map((c, i) => `${c}: &${c} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}`,
  ],
  ['100,000 brackets', '['.repeat(100_000)],
  ['a line of 400,000 quotes', "'".repeat(400_000)],
  ['deep block nesting', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['dashes', `${'- '.repeat(5000)}x`],
])('YAML of %s is refused quickly', (_, text) => {
  const start = performance.now();
  const { broken } = parseYaml(text);
  expect(broken).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(3000);
});

test('a self-referring anchor ends', () => {
  expect(parseYaml('a: &a\n  b: *a\n').broken).toHaveLength(1);
});

test('JSON with comments has lines; a broken file gives what stood before', () => {
  const { tree } = parseJson('{\n  // why\n  "a": 3.10,\n  "b": [true,\n null,],\n}');
  expect(flat(tree)).toEqual(['a=3.10:3', 'b.0=true:4', 'b.1=:5']);
  const cut = parseJson('{\n"a": 1,\n"b": ');
  expect(textAt(cut.tree, 'a')).toBe('1');
  expect(cut.broken).toEqual(['line 3: not valid JSON']);
});

test('TOML tables, arrays of tables, dotted keys and inline tables have lines', () => {
  const { tree } = parseToml(
    'a.b = 3.10\n[tool]\nnode = "22"\n[[svc]]\nname = "x"\n[[svc]]\nname = "y"\nenv = { K = 1 }\n[svc.sub]\nz = true\n',
  );
  expect(flat(tree)).toEqual([
    'a.b=3.10:1',
    'tool.node=22:3',
    'svc.0.name=x:5',
    'svc.1.name=y:7',
    'svc.1.env.K=1:8',
    'svc.1.sub.z=true:10',
  ]);
  const cut = parseToml('a = 1\nb = [2\nc = = 1\n');
  expect(cut.broken[0]).toMatch(/^line [23]: not valid TOML$/);
  expect(flat(cut.tree)).toEqual(['a=1:1']);
});
