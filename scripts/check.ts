import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import builder from '../package.json' with { type: 'json' };
import { checkParity, compareMapped } from './checking/check-parity.ts';
import { CHECKS } from './checking/finding.ts';
import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import type { Help } from './output/help.ts';
import { formatNamed, printFindings } from './output/print-findings.ts';
import { readInput } from './read-input.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { linesIn } from './skill/lines-in.ts';
import { andMore, type MapFile, readMap } from './skill/read-map.ts';
import { MAP_FILE, REGISTER_FILE, SKILL_FILE, SKILL_SUFFIX, SURFACES_FILE } from './skill/skill-files.ts';
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
  let file = readMap(readInput(join(skill, MAP_FILE)), MAP_FILE);
  const [gap] = file.gaps;
  if (gap) {
    throw new UsageError(`parity-map.yaml:${gap.line}: not filled in yet${andMore(file.gaps.length - 1)}; decide it`);
  }
  const repository = openRepository(repositoryAbove(skill, file));
  if (values['update-citations']) file = updateCitations(skill, repository, file);
  const mapPath = `${file.map.application.skill}/${MAP_FILE}`;
  const findings = checkParity(repository, compareMapped(repository, file.map), file, mapPath, values.since);
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

/** Writes down where cited texts stand now, in the map and in what was rendered from it. Nothing else of them changes. */
function updateCitations(skill: string, repository: Repository, file: MapFile): MapFile {
  const { text, moved } = withMovedCitations(file, linesIn(repository));
  for (const name of RENDERED) {
    const path = join(skill, name);
    if (!existsSync(path)) continue;
    const before = readInput(path);
    const after = withMovedPlaces(before, moved);
    if (after !== before) writeWhole(path, after);
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
  const parts = stated.split('/');
  const root = resolve(skill, ...parts.map(() => '..'));
  if (relative(root, skill).split(sep).join('/') === stated) return root;
  const line = file.lineOf('application', 'skill');
  throw new UsageError(
    `parity-map.yaml:${line}: it says that the skill stands in ${stated}, but it stands in ${parts.map((_, index) => skill.split(sep).at(index - parts.length)).join('/')}; move it back or generate it anew`,
  );
}

runCommand(check, HELP);
