import { type Document, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { assertParityMap, SchemaProblem } from '../schema.ts';
import { SyntaxProblem } from '../syntax/limits.ts';
import { UsageError } from '../usage-error.ts';
import { assertMapText } from './assert-map-text.ts';
import { GAP, type ParityMap } from './parity-map.ts';

/** A parity map with the text that it came from. */
export interface MapFile {
  /** How messages call the file. */
  what: string;
  /** As it was read. */
  text: string;
  map: ParityMap;
  /** The YAML with its comments. */
  document: Document;
  /** What is still to be decided, in the order of the lines. */
  gaps: { line: number; text: string }[];
  /** The line of the value at a path of keys, or of the nearest one above it that exists. */
  lineOf(...keys: (string | number)[]): number;
}

/** Reads a parity map. Throws a UsageError with the file, the line and the mend where it is not YAML or does not fit the schema. */
export function readMap(text: string, what: string): MapFile {
  const counter = new LineCounter();
  const document = parse(text, what, counter);
  const lineOf = (...keys: (string | number)[]): number => lineAt(document, counter, keys);
  const map = toMap(document, what, lineOf);
  return { what, text, map, document, gaps: gapsOf(document, counter), lineOf };
}

function parse(text: string, what: string, counter: LineCounter): Document {
  try {
    assertMapText(text);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    throw new UsageError(`${what}:${error.line}: ${error.message}; mend or shorten it`);
  }
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' });
  const [error, ...more] = document.errors;
  if (error) {
    const { line } = counter.linePos(error.pos[0]);
    throw new UsageError(`${what}:${line}: not valid YAML (${error.code})${andMore(more.length)}; mend the line`);
  }
  return document;
}

function toMap(document: Document, what: string, lineOf: MapFile['lineOf']): ParityMap {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch {
    throw new UsageError(`${what}:1: its aliases cannot be resolved; write the values out`);
  }
  try {
    assertParityMap(value, what);
    return value;
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error;
    const keys = error.place.split('/').slice(1).map(unescapePointer);
    throw new UsageError(error.message.replace(what, () => `${what}:${lineOf(...keys)}`));
  }
}

function unescapePointer(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part.replace(/~1/g, '/').replace(/~0/g, '~');
}

function lineAt(document: Document, counter: LineCounter, keys: readonly (string | number)[]): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}

function gapsOf(document: Document, counter: LineCounter): MapFile['gaps'] {
  const gaps: MapFile['gaps'] = [];
  visit(document, {
    Scalar(_, node) {
      if (!isScalar(node) || typeof node.value !== 'string' || !isGap(node.value)) return;
      gaps.push({ line: node.range ? counter.linePos(node.range[0]).line : 1, text: node.value.trim() });
    },
  });
  return gaps;
}

/** Whether a text still waits for a decision. */
export function isGap(text: string): boolean {
  return text.trimStart().startsWith(GAP);
}

/** ` (and 3 more)`, or nothing. */
export function andMore(count: number): string {
  return count > 0 ? ` (and ${count} more)` : '';
}
