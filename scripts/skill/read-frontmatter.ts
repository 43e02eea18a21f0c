import matter from 'gray-matter';
import { parse } from 'yaml';
import { assertParseable, assertYaml, SyntaxProblem } from '../syntax/limits.ts';
import { entries } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { constructsOf } from './plain-yaml.ts';

/** The frontmatter of a SKILL.md. */
export interface Frontmatter {
  /** Why no parser should be given it; the values are empty then. */
  problem: { line: number; message: string } | null;
  /** Each key with its line, from 1, and its value as a YAML 1.1 parser types it: `yes` is no string there. */
  values: ReadonlyMap<string, { line: number; value: unknown }>;
  /** The line of the closing mark; 0 where there is no frontmatter. */
  endLine: number;
}

const refuse = (): never => {
  throw new Error('only YAML frontmatter is read');
};

/**
 * Reads block-style YAML frontmatter and nothing else. Whatever else the opening mark asks for (`---js` is program text that
 * `gray-matter` would run) never reaches a parser. Never throws.
 */
export function readFrontmatter(lines: readonly string[]): Frontmatter {
  const none = (line: number, message: string, endLine = 0): Frontmatter => ({
    problem: { line, message },
    values: new Map(),
    endLine,
  });
  const [first = ''] = lines;
  if (first !== '---') {
    return /^---\s*\S/.test(first) && !first.startsWith('----')
      ? none(1, 'frontmatter in another language than YAML, which could be run as a program')
      : none(1, 'no frontmatter: the first line is not `---`');
  }
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith('---'));
  if (end === -1) return none(1, 'frontmatter without an end: no line `---` closes it');
  if (lines[end] !== '---') return none(end + 1, 'the line that closes the frontmatter is not `---` alone');
  const early = lines.findIndex((line, index) => index > 0 && index < end && line.includes('---'));
  if (early !== -1)
    return none(early + 1, 'three hyphens inside the frontmatter, at which some readers end it', end + 1);
  const yaml = lines.slice(1, end).join('\n');
  try {
    assertParseable(yaml);
    assertYaml(yaml);
    const [construct] = constructsOf(yaml);
    if (construct) return none(construct.line + 1, `a YAML ${construct.kind} in the frontmatter`, end + 1);
    const { data } = matter(`---\n${yaml}\n---\n`, {
      language: 'yaml',
      engines: { yaml: { parse: parseValues }, json: refuse, javascript: refuse, coffee: refuse, toml: refuse },
    });
    const values: Record<string, unknown> = data;
    const [tree] = parseYaml(`\n${yaml}`).documents;
    const lineOf = new Map(entries(tree).map(({ key, line }) => [key, line]));
    return {
      problem: null,
      values: new Map(Object.entries(values).map(([key, value]) => [key, { line: lineOf.get(key) ?? 1, value }])),
      endLine: end + 1,
    };
  } catch (error) {
    if (error instanceof SyntaxProblem) return none(error.line + 1, error.message, end + 1);
    return none(yamlErrorLine(error) + 1, `frontmatter that is not a YAML mapping${yamlErrorCode(error)}`, end + 1);
  }
}

function parseValues(yaml: string): object {
  const value: unknown = parse(yaml, { version: '1.1', uniqueKeys: true, strict: true, maxAliasCount: 0 });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not a mapping');
  return value;
}

function yamlErrorLine(error: unknown): number {
  const places: unknown = (error as { linePos?: unknown }).linePos;
  const [place] = Array.isArray(places) ? (places as { line?: unknown }[]) : [];
  // gray-matter hands the text over with the line break after the opening mark still on it.
  return typeof place?.line === 'number' ? Math.max(1, place.line - 1) : 1;
}

function yamlErrorCode(error: unknown): string {
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === 'string' ? ` (${code})` : '';
}
