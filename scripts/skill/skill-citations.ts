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

/** Every citation of a map with the keys that lead to it, and what it is cited for. */
export function mapCitationsOf(map: ParityMap): { keys: (string | number)[]; citation: Citation; of: string }[] {
  const cited = (citations: readonly Citation[], of: string, ...keys: (string | number)[]) =>
    citations.map((citation, at) => ({ keys: [...keys, 'citations', at], citation, of }));
  return [
    ...map.environments.flatMap((each, index) =>
      cited(each.citations, `environment ${each.name}`, 'environments', index),
    ),
    ...map.productionTruth.flatMap((each, index) =>
      cited(each.citations, `production truth source ${each.source}`, 'productionTruth', index),
    ),
    ...map.surfaces.flatMap((each, index) => [
      ...cited(each.citations, `surface ${each.surface}`, 'surfaces', index),
      ...each.environments.flatMap(({ name, citations = [] }, at) =>
        cited(citations, `surface ${each.surface} in ${name}`, 'surfaces', index, 'environments', at),
      ),
    ]),
    ...map.register.flatMap((each, index) => cited(each.citations, `register entry ${each.id}`, 'register', index)),
    ...map.decisions.flatMap((each, index) => cited(each.citations, `decision ${each.id}`, 'decisions', index)),
  ];
}
