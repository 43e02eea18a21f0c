import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { checkParity } from './checking/check-parity.ts';
import { EXIT, parseArguments, runCommand } from './command.ts';
import { changedLines } from './output/changed-lines.ts';
import { readInput } from './read-input.ts';
import { slug } from './repository/applications.ts';
import { openRepository } from './repository/repository.ts';
import { bundleChecker } from './skill/bundle-checker.ts';
import { SKILL_SUFFIX } from './skill/draft-map.ts';
import { withFingerprints } from './skill/fingerprints.ts';
import { PRINTING } from './skill/print-map.ts';
import { andMore, type MapFile, readMap } from './skill/read-map.ts';
import { CHECKER_FILE, MAP_FILE } from './skill/read-skill.ts';
import { type RenderedFile, renderSkill } from './skill/render-skill.ts';
import { skillFolderIn } from './skill/skill-folder.ts';
import { type Change, changesIn, editedByHand, writeSkill } from './skill/write-skill.ts';
import { UsageError } from './usage-error.ts';

const USAGE =
  'parity.mjs generate --repo DIR --map parity-map.yaml [--skills-dir .claude/skills] [--dry-run] [--force]';
const TEMPLATES = join(import.meta.dirname, '..', 'templates');
/** The lines that a dry run shows of each file. */
const DIFF_LINES = 25;
/** The disagreements of map and repository that are told before the rest is counted. */
const ERRORS_TOLD = 8;

/** Parity map to skill, inside the application's repository. */
function generate(args: string[]): number {
  const { values } = parseArguments(
    {
      args,
      options: {
        repo: { type: 'string' },
        map: { type: 'string' },
        'skills-dir': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    },
    USAGE,
  );
  if (!values.repo || !values.map) throw new UsageError(`--repo and --map are both needed; usage: ${USAGE}`);
  const { root } = openRepository(values.repo);
  const text = readInput(values.map);
  const file = readMap(text, values.map);
  refuseGaps(file);
  const name = skillName(file);
  const folder = skillFolderIn(root, values['skills-dir'] ?? posix.dirname(file.map.application.skill), name);
  const placed = placeMap(file, text, folder.fromRoot);
  refuseDisagreement(root, file);
  const files = filesOf(placed);
  const changes = changesIn(folder.absolute, files);
  const [edited, ...more] = values.force ? [] : editedByHand(folder.absolute, changes);
  if (edited !== undefined) {
    throw new UsageError(
      `${folder.fromRoot}/${edited}: not as generate left it${andMore(more.length)}; move what was changed into ${MAP_FILE} and give that as --map, or overwrite with --force`,
    );
  }
  const dryRun = values['dry-run'];
  if (!dryRun && changes.some((each) => each.kind !== 'same')) writeSkill(folder.absolute, files);
  process.stdout.write(summaryOf(changes, folder.fromRoot, join(values.repo, folder.fromRoot), dryRun));
  return EXIT.done;
}

function refuseGaps(file: MapFile): void {
  const [gap, ...more] = file.gaps;
  if (gap) {
    throw new UsageError(`${file.what}:${gap.line}: a gap is left${andMore(more.length)}; decide it: ${gap.text}`);
  }
}

function skillName(file: MapFile): string {
  const { name } = file.map.application;
  if (name !== '' && slug(name) === name) return `${name}${SKILL_SUFFIX}`;
  throw new UsageError(
    `${file.what}:${file.lineOf('application', 'name')}: application.name must be lower-case letters, digits and single hyphens, at most 40 characters; write ${slug(name) || 'another name'}`,
  );
}

/** The map with the folder that the skill goes to, which the checker finds the repository by. Its text stays as it is otherwise. */
function placeMap(file: MapFile, text: string, fromRoot: string): { file: MapFile; text: string } {
  if (file.map.application.skill === fromRoot) return { file, text };
  file.document.setIn(['application', 'skill'], fromRoot);
  const placed = file.document.toString(PRINTING);
  return { file: readMap(placed, file.what), text: placed };
}

/** A checker that is red on its first day would be right and of no use: the map is mended first. */
function refuseDisagreement(root: string, file: MapFile): void {
  const errors = checkParity(root, file, file.what).filter((each) => each.level === 'error');
  if (errors.length === 0) return;
  const told = errors.slice(0, ERRORS_TOLD).map((each) => `${each.path}:${each.line}: ${each.code}: ${each.message}`);
  throw new UsageError(
    `${told.join(' | ')}${andMore(errors.length - told.length)}; mend ${file.what}, by hand or by inspecting and drafting again`,
  );
}

function filesOf({ file, text }: { file: MapFile; text: string }): RenderedFile[] {
  const template = (name: string): string => readFileSync(join(TEMPLATES, `${name}.mustache`), 'utf8');
  const siblings = [
    ...renderSkill(file.map, {
      skill: template('SKILL.md'),
      entry: template('entry'),
      register: template('register.md'),
    }),
    { path: MAP_FILE, content: text },
  ];
  return [...siblings, withFingerprints({ path: CHECKER_FILE, content: bundleChecker() }, siblings)];
}

function summaryOf(changes: readonly Change[], fromRoot: string, shown: string, dryRun: boolean): string {
  const lines = changes.flatMap((each) => [
    `${dryRun && each.kind !== 'same' ? 'would ' : ''}${each.kind} ${fromRoot}/${each.path} (${each.after.split('\n').length - 1} lines)`,
    ...(dryRun && each.kind === 'update' && each.path !== CHECKER_FILE
      ? changedLines(each.before, each.after, DIFF_LINES)
      : []),
  ]);
  return `${lines.join('\n')}\n${dryRun ? '' : `next: parity.mjs validate SKILL_DIR --repo DIR, with SKILL_DIR = ${shown}\n`}`;
}

runCommand(generate, USAGE);
