import { assertParseable, SyntaxProblem } from './limits.ts';
import { splitLines } from './lines.ts';
import type { ListNode, MapNode, ScalarNode, Tree } from './tree.ts';

/** A declaration: `param size string = 'B1'`, `resource db 'Microsoft.X/servers@2023-01-01' = { ... }`. */
export interface BicepStatement {
  keyword: string;
  name: string;
  /** Of a resource or a module: what stands in quotes behind its name. */
  type: string | undefined;
  /** From 1. */
  line: number;
  /** The line of its `@secure()`; the value's own line must not be told. */
  secureLine: number | undefined;
  value: Tree | undefined;
}

const STATEMENT = /^(param|var|resource|module)\s+(\w+)([^=]*)(?:=(.*))?$/;
const PROPERTY = /^(?:'([^']*)'|(\w+))\s*:\s*(.*)$/;
/** `resource x 'type' = if (condition) {`: the object is what counts. */
const CONDITION = /^if\s*\(.*\)\s*\{$/;

/**
 * Reads Bicep line by line, as its own formatter writes it: objects and arrays with one entry a line. What is no literal is a
 * scalar marked `computed`. Never throws; what is not closed is named in `broken`.
 */
export function parseBicep(text: string): { statements: BicepStatement[]; broken: string[] } {
  try {
    assertParseable(text);
  } catch (error) {
    const problem = error instanceof SyntaxProblem ? error : new SyntaxProblem(1, 'the Bicep parser gave up');
    return { statements: [], broken: [`line ${problem.line}: ${problem.message}`] };
  }
  const reader = new LineReader();
  for (const [index, line] of withoutBlockComments(splitLines(text)).entries()) {
    reader.read(line.replace(/(^|\s)\/\/.*$/, '').trim(), index + 1);
  }
  return { statements: reader.statements, broken: reader.broken() };
}

class LineReader {
  readonly statements: BicepStatement[] = [];
  private readonly open: (MapNode | ListNode)[] = [];
  private secureLine: number | undefined;
  /** Brackets of an expression that goes on over several lines. */
  private pending = 0;
  private isText = false;

  read(text: string, line: number): void {
    const quotes = text.split("'''").length - 1;
    if (this.isText) {
      if (quotes % 2 === 1) this.isText = false;
      return;
    }
    if (quotes % 2 === 1) this.isText = true;
    if (this.pending > 0) {
      this.pending = Math.max(0, this.pending + depthOf(text));
      return;
    }
    const container = this.open.at(-1);
    if (container === undefined) this.readStatement(text, line);
    else if (/^[}\]]/.test(text)) this.open.pop();
    else if (container.kind === 'list') this.addItem(container, text, line);
    else this.addProperty(container, text, line);
  }

  broken(): string[] {
    const [first] = this.open;
    return first ? [`line ${first.line}: a bracket is not closed`] : [];
  }

  private readStatement(text: string, line: number): void {
    if (/^@secure\(/.test(text) || /^@sys\.secure\(/.test(text)) this.secureLine = line;
    const [, keyword, name, between = '', value] = STATEMENT.exec(text) ?? [];
    if (keyword === undefined || name === undefined) return;
    const type = /'([^']*)'/.exec(between)?.[1];
    const node = value === undefined ? undefined : this.valueOf(value.trim().replace(CONDITION, '{'), line);
    this.statements.push({ keyword, name, type, line, secureLine: this.secureLine, value: node });
    this.secureLine = undefined;
  }

  private addProperty(map: MapNode, text: string, line: number): void {
    const [, quoted, plain, value] = PROPERTY.exec(text) ?? [];
    const key = quoted ?? plain;
    if (key !== undefined && value !== undefined) map.entries.push({ key, line, value: this.valueOf(value, line) });
    else this.pending = Math.max(0, depthOf(text));
  }

  private addItem(list: ListNode, text: string, line: number): void {
    if (text !== '') list.items.push(this.valueOf(text.replace(/,$/, ''), line));
  }

  private valueOf(text: string, line: number): Tree {
    if (text === '{' || text === '[') {
      const made: MapNode | ListNode =
        text === '{' ? { kind: 'map', line, entries: [] } : { kind: 'list', line, items: [] };
      this.open.push(made);
      return made;
    }
    if (text === '{}') return { kind: 'map', line, entries: [] };
    if (text === '[]') return { kind: 'list', line, items: [] };
    if (this.isText) return { kind: 'scalar', line, text: "'''", value: "'''", computed: true };
    this.pending = Math.max(0, depthOf(text));
    return scalarOf(text, line);
  }
}

function scalarOf(text: string, line: number): ScalarNode {
  const quoted = /^'((?:[^'\\]|\\.)*)'$/.exec(text)?.[1];
  if (quoted !== undefined && !/^\$\{[^}]*\}$/.test(quoted)) {
    const plain = quoted.replace(/\\(.)/g, '$1');
    return { kind: 'scalar', line, text: plain, value: plain };
  }
  if (text === 'null') return { kind: 'scalar', line, text: '', value: null };
  if (text === 'true' || text === 'false') return { kind: 'scalar', line, text, value: text === 'true' };
  if (/^-?\d+$/.test(text)) return { kind: 'scalar', line, text, value: Number(text) };
  return { kind: 'scalar', line, text, value: text, computed: true };
}

/** How many brackets a line leaves open, those in strings set aside. */
function depthOf(text: string): number {
  const plain = text.replace(/'[^']*'/g, '');
  return (plain.match(/[([{]/g)?.length ?? 0) - (plain.match(/[)\]}]/g)?.length ?? 0);
}

function withoutBlockComments(lines: readonly string[]): string[] {
  let inside = false;
  return lines.map((line) => {
    if (inside) {
      const end = line.indexOf('*/');
      inside = end === -1;
      return end === -1 ? '' : line.slice(end + 2);
    }
    const start = /^\s*\/\*/.test(line) ? line.indexOf('/*') : -1;
    if (start === -1) return line;
    const end = line.indexOf('*/', start + 2);
    inside = end === -1;
    return end === -1 ? '' : line.slice(end + 2);
  });
}
