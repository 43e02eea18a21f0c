import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { SURFACES } from '../scripts/skill/draft-map.ts';
import { readMarkdown, sectionsOf } from '../scripts/syntax/markdown.ts';

const text = readFileSync(join(import.meta.dirname, '..', 'resources', 'guard-patterns.md'), 'utf8');
const sections = sectionsOf(readMarkdown(text.split('\n'), 1)).filter(({ level }) => level === 2);

/** What stands below the headings of a surface, its own language's parts included. */
function ofSurface(surface: string): string {
  const own = sections.filter(({ title }) => title.startsWith(`${surface}: `));
  return own.flatMap(({ title, lines }) => [title, ...lines.map((line) => line.text)]).join('\n');
}

/** The fenced parts of the file by language, each with the line that it begins on. */
function fences(...languages: string[]): { line: number; code: string }[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, language = '']) => languages.includes(language))
    .map((match) => ({ line: text.slice(0, match.index).split('\n').length, code: match[2] ?? '' }));
}

const STACKS: { [stack: string]: RegExp } = {
  Node: /```ts|\bNode\b/,
  Python: /```python|\bPython\b/,
  Ruby: /```ruby|\bRails\b|\bRuby\b/,
  Java: /```java|\bJava\b|\bSpring\b/,
  '.NET': /```csharp|\.NET\b/,
  Go: /```go\b|\bGo\b|go-vcr/,
  PHP: /```php|\bLaravel\b|\bPHP\b|php-vcr/,
  Elixir: /```elixir|\bElixir\b|\bPhoenix\b|ExVCR/,
};
/** Guards of these are scripts over files, images and URLs, the same in every language. */
const OF_ANY_STACK = new Set(['runtime', 'edge', 'operations']);

test.each(SURFACES)('%s has a pattern, with every mainstream stack or for any', (surface) => {
  const told = ofSurface(surface);
  expect(told).toMatch(/^Kind `(?:test|schema|smoke|contract|policy)`/m);
  if (OF_ANY_STACK.has(surface)) expect(told).toMatch(/```(?:ba)?sh/);
  else for (const [stack, pattern] of Object.entries(STACKS)) expect(told, stack).toMatch(pattern);
});

test('TypeScript parses', () => {
  const found = fences('ts', 'tsx', 'js');
  expect(found.length).toBeGreaterThan(4);
  for (const { line, code } of found) {
    const { diagnostics = [] } = ts.transpileModule(code, {
      reportDiagnostics: true,
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext },
    });
    const said = diagnostics.map((each) => ts.flattenDiagnosticMessageText(each.messageText, ' '));
    expect(said, `resources/guard-patterns.md:${line}`).toEqual([]);
  }
});

test('JSON and YAML parse', () => {
  const found = fences('json', 'yaml', 'yml');
  expect(found.length).toBeGreaterThan(1);
  for (const { line, code } of found) {
    expect(parseDocument(code).errors, `resources/guard-patterns.md:${line}`).toEqual([]);
  }
});

test('shell parses', () => {
  const found = fences('sh', 'bash');
  expect(found.length).toBeGreaterThan(4);
  for (const { line, code } of found) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
    expect({ status, stderr }, `resources/guard-patterns.md:${line}`).toEqual({ status: 0, stderr: '' });
  }
});

test('brackets and quotes of the other languages close', () => {
  const found = fences('python', 'ruby', 'java', 'csharp', 'go', 'php', 'elixir');
  expect(found.length).toBeGreaterThan(12);
  for (const { line, code } of found) {
    const bare = code.replace(/(["'`])(?:\\.|(?!\1)[^\n\\])*\1/g, '').replace(/(?:\/\/|#(?!\{)).*$/gm, '');
    for (const [open, close] of ['()', '[]', '{}'].map((pair) => [...pair])) {
      const count = (mark = ''): number => bare.split(mark).length;
      expect(count(open), `${open}${close} at resources/guard-patterns.md:${line}`).toBe(count(close));
    }
  }
});
