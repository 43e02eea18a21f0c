import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import { assertParseable, assertYaml, MAX_DEPTH, MAX_NODES, SyntaxProblem } from './limits.ts';
import { onceInARow } from './once-in-a-row.ts';
import type { Entry, MapNode, Tree } from './tree.ts';

export interface YamlResult {
  /** One tree a document; empty documents are left out. */
  documents: Tree[];
  /** What the parser could not take, one line each, never quoting the text. */
  broken: string[];
}

/**
 * Parses YAML 1.2 (merge keys too), several documents to a file, into trees whose scalars keep their own text.
 * Aliases are resolved with the lines of their anchors. Never throws: what cannot be parsed is named in `broken`.
 */
export function parseYaml(text: string): YamlResult {
  const { documents, broken } = parseOnce(text);
  return { documents, broken: [...broken] };
}

const parseOnce = onceInARow(parse);

function parse(text: string): YamlResult {
  try {
    assertParseable(text);
    assertYaml(text);
    const counter = new LineCounter();
    const documents: Tree[] = [];
    const broken: string[] = [];
    for (const document of parseAllDocuments(text, {
      lineCounter: counter,
      uniqueKeys: false,
      merge: true,
      logLevel: 'silent',
      strict: false,
      resolveKnownTags: false,
    })) {
      for (const error of document.errors) {
        if (broken.length < MAX_BROKEN)
          broken.push(`line ${counter.linePos(error.pos[0]).line}: not valid YAML (${error.code})`);
      }
      if (!document.contents) continue;
      const builder = new Builder(counter);
      documents.push(builder.build(document.contents as Node, 0));
    }
    return { documents, broken };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { documents: [], broken: [`line ${error.line}: ${error.message}`] };
    return { documents: [], broken: ['line 1: the YAML parser gave up'] };
  }
}

/** The places that are named of one broken file. */
const MAX_BROKEN = 5;
class Builder {
  private nodes = 0;
  private readonly counter: LineCounter;
  private readonly anchors = new Map<string, Node>();

  constructor(counter: LineCounter) {
    this.counter = counter;
  }

  build(node: Node, depth: number): Tree {
    const tree = this.buildUntagged(node, depth);
    const tag = isAlias(node) ? undefined : (node.tag as unknown);
    if (typeof tag === 'string' && /^![^!]/.test(tag)) tree.tag = tag;
    return tree;
  }

  private buildUntagged(node: Node, depth: number): Tree {
    const line = this.lineOf(node);
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw new SyntaxProblem(line, `more than ${MAX_NODES} values, aliases resolved`);
    if (depth > MAX_DEPTH) throw new SyntaxProblem(line, `nested deeper than ${MAX_DEPTH} levels`);
    if (isAlias(node)) return this.buildAlias(node, line, depth);
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    if (isMap(node)) {
      const map: MapNode = { kind: 'map', line, entries: [] };
      for (const pair of node.items) this.addPair(map, pair as Pair<Node, Node | null>, depth);
      return map;
    }
    if (isSeq(node)) {
      return { kind: 'list', line, items: node.items.map((item) => this.build(item as Node, depth + 1)) };
    }
    if (isScalar(node)) return this.buildScalar(node, line);
    return { kind: 'scalar', line, text: '', value: null };
  }

  private buildAlias(node: Alias, line: number, depth: number): Tree {
    const target = this.anchors.get(node.source);
    if (!target || isAlias(target)) return { kind: 'scalar', line, text: '', value: null };
    return this.build(target, depth + 1);
  }

  private buildScalar(node: Scalar, line: number): Tree {
    const { value } = node;
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    const text = plain === null ? '' : typeof value === 'string' ? value : (node.source ?? String(value));
    const comment = node.comment?.split('\n')[0]?.trim();
    return { kind: 'scalar', line, text, value: plain, ...(comment ? { comment } : {}) };
  }

  private addPair(map: MapNode, pair: Pair<Node, Node | null>, depth: number): void {
    const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) || String(pair.key.value) : '';
    const line = pair.key ? this.lineOf(pair.key) : map.line;
    const value: Tree = pair.value
      ? this.build(pair.value, depth + 1)
      : { kind: 'scalar', line, text: '', value: null };
    if (key === '<<') {
      // Merged keys come first, so that the map's own entries, which are found last, win.
      const merged = (value.kind === 'list' ? value.items : [value]).flatMap((each) =>
        each.kind === 'map' ? each.entries : [],
      );
      map.entries.unshift(...merged);
      return;
    }
    const own: Entry = { key, line, value };
    map.entries.push(own);
  }

  private lineOf(node: Node): number {
    return node.range ? this.counter.linePos(node.range[0]).line : 1;
  }
}
