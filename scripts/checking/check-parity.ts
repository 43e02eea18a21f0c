import { type Comparison, compareOpened, type InspectOptions, inspectOpened } from '../inspect-repository.ts';
import type { Inspection } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { changedSince } from '../repository/changed-since.ts';
import type { Repository } from '../repository/repository.ts';
import { knownIds } from '../skill/known-ids.ts';
import { linesIn } from '../skill/lines-in.ts';
import { movedEntries } from '../skill/moved-entries.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import type { MapFile } from '../skill/read-map.ts';
import { changedSettings } from './changed-settings.ts';
import { citationFindings } from './citations.ts';
import type { CheckFinding } from './finding.ts';
import { goneDifferences } from './gone-differences.ts';
import { missingGuards } from './guards.ts';
import { grownFindings, movedDrift, newDrift } from './new-drift.ts';
import { oneSidedFindings } from './one-sided-changes.ts';
import { firedTriggers } from './review-triggers.ts';

/** What the files of a repository say of a map's application, whose environments the map states. */
export function inspectMapped(repository: Repository, map: ParityMap): Inspection {
  return inspectOpened(repository, optionsOf(map));
}

/** The part of it that `checkParity` asks for: no line of the rest can change a verdict. */
export function compareMapped(repository: Repository, map: ParityMap): Comparison {
  return compareOpened(repository, optionsOf(map));
}

function optionsOf({ application, environments }: ParityMap): InspectOptions {
  return { app: application.path, name: application.name, environments };
}

/**
 * Holds a repository, and what `inspectMapped` or `compareMapped` found in it, against a parity map: errors before notes, then by path, line and code.
 * `mapPath` is where findings about the map itself point, from the repository's root. With `since`, a revision, review triggers are
 * looked at too.
 */
export function checkParity(
  repository: Repository,
  inspection: Comparison,
  { map, lineOf }: MapFile,
  mapPath: string,
  since?: string,
): CheckFinding[] {
  const { drift } = inspection;
  const linesOf = linesIn(repository);
  const gone = goneDifferences(drift, map, mapPath, lineOf, linesOf);
  const moved = movedDrift(drift, map, mapPath, lineOf);
  // What an entry cites is no second finding where the entry as a whole is out of date.
  const outdated = new Set([
    ...gone.map((each) => each.key),
    ...movedEntries(knownIds(map), drift).flatMap((each) => each.from),
  ]);
  const settings = changedSettings(inspection.facts, map);
  return [
    ...newDrift(inspection, map),
    ...moved,
    ...grownFindings(inspection, map),
    ...gone,
    ...oneSidedFindings(inspection, map),
    ...settings,
    // A changed setting is told as that, and not as a changed line too.
    ...citationFindings(map, linesOf, outdated).filter(
      (each) => !settings.some(({ path, line }) => path === each.path && line === each.line),
    ),
    ...missingGuards(map, linesOf, mapPath, lineOf),
    ...(since === undefined
      ? []
      : firedTriggers(map, changedSince(repository.root, since), repository.files, mapPath, lineOf)),
  ].sort(byWeight);
}

/** Errors before notes, then by path, line and code. */
export function byWeight(a: CheckFinding, b: CheckFinding): number {
  return (
    byCodeUnit(a.level, b.level) ||
    byCodeUnit(a.path, b.path) ||
    a.line - b.line ||
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.message, b.message)
  );
}
