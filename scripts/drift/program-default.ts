import frameworks from '../../resources/framework-settings.json' with { type: 'json' };
import { layerOf } from '../environments/layers.ts';
import type { Fact } from '../model.ts';
import type { Matrix } from './matrix.ts';
import { isOfTool } from './of-tool.ts';

/** Files that start a program fill in what they pass on, and not what the program does by itself. */
const STARTERS: ReadonlySet<string> = new Set(['compose', 'shell', 'dockerfile', 'makefile', 'github-actions']);

const MAIN_FILES: ReadonlyMap<string, string> = new Map(Object.entries(frameworks.laravel.defaultsIn));

/** The defaults of a key that the running program has, in every environment, and no tool or script beside it. */
export function programDefaults(matrix: Matrix, key: string): Fact[] {
  const found = matrix
    .factsOf(key, 'default')
    .filter(
      (fact) =>
        matrix.classOf(fact) === undefined &&
        fact.value !== null &&
        fact.value !== '' &&
        layerOf(fact).stack === 'program' &&
        !STARTERS.has(fact.reader) &&
        !isOfTool(fact),
    );
  // A framework's file for the whole has the say over those of its parts.
  const file = MAIN_FILES.get(key);
  const main = file === undefined ? [] : found.filter((fact) => `/${fact.evidence.path}`.endsWith(`/${file}`));
  return main.length > 0 ? main : found;
}
