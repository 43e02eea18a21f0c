import { digest, entryDigest, entryKey, type Fingerprints } from '../skill/fingerprints.ts';
import type { MapFile } from '../skill/read-map.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { ownEntry } from '../syntax/own-entry.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** A text of the skill that was rendered from its map. `path` from the skill's folder. */
export interface RenderedText {
  path: string;
  content: string;
}

/**
 * What somebody changed in a skill since it was generated, by the digests that its checker carries: an entry whose cited lines are others
 * while it says what it said, and texts that are not those of the map any more. `skill` is the skill's folder from the root.
 */
export function sinceGenerated(
  { map, text, lineOf }: MapFile,
  generated: Fingerprints,
  texts: readonly RenderedText[],
  skill: string,
): CheckFinding[] {
  const recited = map.register.flatMap((entry, index): CheckFinding[] => {
    const before = ownEntry(generated, entryKey(entry.id));
    if (before === undefined) return [];
    const [[lines, said], [linesBefore, saidBefore]] = [entryDigest(entry).split(' '), before.split(' ')];
    if (lines === linesBefore || said !== saidBefore) return [];
    return [
      findingOf({
        code: 'recited-entry',
        key: entry.id,
        message: `register entry ${entry.id}: it cites other lines than when the skill was generated, and says the same of them; check its title, behaviours, reason and risk, change or remove it, or write the day as its "reviewed"`,
        path: `${skill}/${MAP_FILE}`,
        line: lineOf('register', index),
      }),
    ];
  });
  return [...recited, ...outdatedTexts(text, generated, texts, skill)];
}

/** One note for all texts where the map is newer than they are; else one for each that somebody edited. */
function outdatedTexts(
  map: string,
  generated: Fingerprints,
  texts: readonly RenderedText[],
  skill: string,
): CheckFinding[] {
  const told = (path: string, message: string): CheckFinding =>
    findingOf({ code: 'outdated-text', key: path, message, path: `${skill}/${path}`, line: 1 });
  if (generated[MAP_FILE] !== undefined && generated[MAP_FILE] !== digest(map)) {
    return [told(SKILL_FILE, `${MAP_FILE} was changed since this was generated from it; generate the skill again`)];
  }
  return texts
    .filter(({ path, content }) => generated[path] !== undefined && generated[path] !== digest(content))
    .map(({ path }) =>
      told(
        path,
        `its generated part was edited by hand; move what was changed into ${MAP_FILE} and generate the skill again`,
      ),
    );
}
