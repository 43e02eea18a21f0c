import fileNames from '../../resources/file-names.json' with { type: 'json' };
import { codeSpans } from '../syntax/markdown.ts';
import type { Citation, ParityMap } from './parity-map.ts';

const extensions = new Set(fileNames.extensions);
const names = new Set(fileNames.names);

/** A `path:line` in the text of a skill. */
export interface TextCitation {
  path: string;
  line: number;
  /** The last line of `path:12-15`. */
  lastLine: number;
}

const SHAPE = /^([^\s:]+):(\d{1,7})(?:-(\d{1,7}))?$/;

/**
 * The citations in the code spans of a line of Markdown. An image or a host with a port (`redis:7`, `db.internal:5432`) is none:
 * the path must be one that `isKnown` knows, or look like a file's.
 */
export function textCitationsOf(text: string, isKnown: (path: string) => boolean): TextCitation[] {
  return codeSpans(text).flatMap(({ code }) => {
    const [, path = '', line, lastLine] = SHAPE.exec(code) ?? [];
    if (line === undefined || !(isKnown(path) || looksLikeFile(path))) return [];
    return [{ path, line: Number(line), lastLine: Number(lastLine ?? line) }];
  });
}

/** Whether a path is told to be a file's by its name alone. */
function looksLikeFile(path: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:?\/\//i.test(path)) return false;
  const name = path.split('/').at(-1) ?? '';
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  return (
    names.has(name) ||
    /^Dockerfile\b/.test(name) ||
    /^\.[a-z]/i.test(name) ||
    (extension !== undefined && extensions.has(extension))
  );
}

/** Every citation of a map with the keys that lead to it. */
export function mapCitationsOf(map: ParityMap): { keys: (string | number)[]; citation: Citation }[] {
  const parts = ['environments', 'productionTruth', 'surfaces', 'register', 'decisions'] as const;
  return parts.flatMap((part) =>
    map[part].flatMap((each, index) =>
      each.citations.map((citation, at) => ({ keys: [part, index, 'citations', at], citation })),
    ),
  );
}
