import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import builder from '../package.json' with { type: 'json' };
import { byWeight, checkParity, compareMapped } from './checking/check-parity.ts';
import { CHECKS, type CheckFinding } from './checking/finding.ts';
import { sinceGenerated } from './checking/since-generated.ts';
import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import type { Help } from './output/help.ts';
import { formatNamed, printFindings } from './output/print-findings.ts';
import { readInput } from './read-input.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { fingerprintsIn } from './skill/fingerprints.ts';
import { linesIn } from './skill/lines-in.ts';
import { readOwnFile, refuseLinks } from './skill/own-file.ts';
import { andMore, type MapFile, readMap } from './skill/read-map.ts';
import { rootAround } from './skill/root-around.ts';
import { CHECKER_FILE, MAP_FILE, REGISTER_FILE, SKILL_FILE, SKILL_SUFFIX, SURFACES_FILE } from './skill/skill-files.ts';
import { withMovedCitations, withMovedPlaces } from './skill/update-citations.ts';
import { UsageError } from './usage-error.ts';

// `generate` bundles this file into the `scripts/` folder of a generated skill, as `check-parity.mjs`.
const USAGE =
  'node check-parity.mjs [--format text|json|sarif|github|gitlab|markdown] [--since REVISION] [--update-citations] [--skill DIR]';
const HELP: Help = {
  usage: USAGE,
  does: "Holds the repository around a generated skill against the skill's parity map. Reads only, unless told to update citations.",
  options: [
    [
      '--format NAME',
      'text (path:line:column: severity: message [code]), json, sarif, github (annotations), gitlab (Code Quality) or markdown (a comment)',
    ],
    ['--since REVISION', 'look at review triggers too: the paths that changed since that git revision'],
    ['--update-citations', 'write down where cited lines that moved stand now'],
    ['--skill DIR', "the generated skill's folder; without it the one that this file stands in"],
  ],
  examples: [
    'node .claude/skills/shop-production-parity/scripts/check-parity.mjs',
    'node .claude/skills/shop-production-parity/scripts/check-parity.mjs --format sarif > parity.sarif',
    'node .claude/skills/shop-production-parity/scripts/check-parity.mjs --format github --since origin/main',
  ],
};
/** Texts of the skill that cite lines, rendered from the map. */
const RENDERED = [SKILL_FILE, REGISTER_FILE, SURFACES_FILE];

/** Holds the repository around a generated skill against the skill's parity map. */
function check(args: string[]): number {
  const { values } = parseArguments(
    {
      args,
      options: {
        format: { type: 'string', default: 'text' },
        since: { type: 'string' },
        'update-citations': { type: 'boolean', default: false },
        skill: { type: 'string' },
      },
    },
    USAGE,
  );
  const format = formatNamed(values.format);
  const skill = skillFolder(values.skill);
  let file = readMap(readOwnFile(skill, MAP_FILE) ?? '', MAP_FILE);
  const [gap] = file.gaps;
  if (gap) {
    throw new UsageError(`parity-map.yaml:${gap.line}: not filled in yet${andMore(file.gaps.length - 1)}; decide it`);
  }
  const repository = openRepository(repositoryAbove(skill, file));
  if (values['update-citations']) file = updateCitations(skill, repository, file);
  const mapPath = `${file.map.application.skill}/${MAP_FILE}`;
  const findings = [
    ...checkParity(repository, compareMapped(repository, file.map), file, mapPath, values.since),
    ...changedSinceGenerated(skill, file),
  ].sort(byWeight);
  const errors = printFindings(findings, format, {
    name: `${file.map.application.name}${SKILL_SUFFIX}`,
    version: builder.version,
    rules: CHECKS,
  });
  process.stderr.write(
    errors > 0
      ? `${errors} ${errors === 1 ? 'finding' : 'findings'}: the repository and parity-map.yaml disagree\n`
      : `parity holds: ${file.map.register.length} registered differences, ${file.map.openRisks.length} open risks, nothing new\n`,
  );
  return errors > 0 ? EXIT.findings : EXIT.done;
}

/** What was changed by hand since the skill was generated. A skill without a checker of its own tells nothing. */
function changedSinceGenerated(skill: string, file: MapFile): CheckFinding[] {
  refuseLinks(skill, CHECKER_FILE);
  const checker = join(skill, CHECKER_FILE);
  // It is larger than the texts that are read.
  const generated = existsSync(checker) ? fingerprintsIn(readInput(checker)) : undefined;
  if (!generated) return [];
  const texts = RENDERED.flatMap((path) => {
    const content = readOwnFile(skill, path);
    return content === undefined ? [] : [{ path, content }];
  });
  return sinceGenerated(file, generated, texts, file.map.application.skill);
}

/** Writes down where cited texts stand now, in the map and in what was rendered from it. Nothing else of them changes. */
function updateCitations(skill: string, repository: Repository, file: MapFile): MapFile {
  const { text, moved } = withMovedCitations(file, linesIn(repository));
  for (const name of RENDERED) {
    const before = readOwnFile(skill, name);
    if (before === undefined) continue;
    const after = withMovedPlaces(before, moved);
    if (after !== before) writeWhole(join(skill, name), after);
  }
  if (moved.length > 0) writeWhole(join(skill, MAP_FILE), text);
  process.stderr.write(`${moved.length} ${moved.length === 1 ? 'citation' : 'citations'} moved\n`);
  return readMap(text, MAP_FILE);
}

function skillFolder(given: string | undefined): string {
  const folder = given === undefined ? join(dirname(fileURLToPath(import.meta.url)), '..') : resolve(given);
  if (!existsSync(join(folder, MAP_FILE))) {
    throw new UsageError(`${folder}: no parity-map.yaml in it; give the generated skill's folder with --skill DIR`);
  }
  return realpathSync(folder);
}

/** The folder that the map's `application.skill` is counted from. */
function repositoryAbove(skill: string, file: MapFile): string {
  const stated = file.map.application.skill;
  const found = rootAround(skill, stated);
  if ('root' in found) return found.root;
  const place = `parity-map.yaml:${file.lineOf('application', 'skill')}: it says that the skill stands in ${stated}`;
  const parts = stated.split('/');
  throw new UsageError(
    found.problem === 'outside'
      ? `${place}, which is counted from outside of its repository; count it from the repository's root`
      : `${place}, but it stands in ${parts.map((_, index) => skill.split(sep).at(index - parts.length)).join('/')}; move it back or generate it anew`,
  );
}

runCommand(check, HELP);
