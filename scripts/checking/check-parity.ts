import { inspectRepository } from '../inspect-repository.ts';
import { byCodeUnit } from '../output/json.ts';
import { openRepository } from '../repository/repository.ts';
import { linesIn } from '../skill/lines-in.ts';
import type { MapFile } from '../skill/read-map.ts';
import { citationFindings } from './citations.ts';
import type { CheckFinding } from './finding.ts';
import { goneDifferences } from './gone-differences.ts';
import { missingGuards } from './guards.ts';
import { newDrift } from './new-drift.ts';

/**
 * Holds a repository against a parity map: errors before notes, then by path, line and code. `mapPath` is where findings about
 * the map itself point, from the repository's root.
 */
export function checkParity(root: string, file: MapFile, mapPath: string): CheckFinding[] {
  const { map, lineOf } = file;
  const repository = openRepository(root);
  const { drift } = inspectRepository(root, {
    app: map.application.path,
    name: map.application.name,
    environments: map.environments,
  });
  return [
    ...newDrift(drift, map),
    ...citationFindings(map, linesIn(repository)),
    ...goneDifferences(drift, map, mapPath, lineOf),
    ...missingGuards(map, new Set(repository.files), mapPath, lineOf),
  ].sort(
    (a, b) =>
      byCodeUnit(a.level, b.level) ||
      byCodeUnit(a.path, b.path) ||
      a.line - b.line ||
      byCodeUnit(a.code, b.code) ||
      byCodeUnit(a.message, b.message),
  );
}
