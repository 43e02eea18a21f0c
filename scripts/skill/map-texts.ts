import type { MapFile } from './read-map.ts';

/** A text that a person, an agent or a draft wrote into a map. */
export interface MapText {
  /** The keys that lead to it. */
  keys: (string | number)[];
  text: string;
  /** From 1. */
  line: number;
}

/** Every text of a map but those of citations, which are the repository's own. */
export function mapTextsOf(file: MapFile): MapText[] {
  return walk(file.map, []).map((each) => ({ ...each, line: file.lineOf(...each.keys) }));
}

function walk(value: unknown, keys: (string | number)[]): { keys: (string | number)[]; text: string }[] {
  if (typeof value === 'string') return [{ keys, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => walk(each, [...keys, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'citations' || key === 'drafted' ? [] : walk(each, [...keys, key]),
  );
}
