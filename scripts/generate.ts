import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { checkParity, inspectMapped } from './checking/check-parity.ts';
import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { changedLines } from './output/changed-lines.ts';
import type { Help } from './output/help.ts';
import { readInput } from './read-input.ts';
import { slug } from './repository/applications.ts';
import { ignoredPaths } from './repository/git-ignored.ts';
import { isInside } from './repository/list-files.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { bundleChecker } from './skill/bundle-checker.ts';
import { CI_SYSTEMS, type CiFile, ciFile, isAsWritten } from './skill/ci-job.ts';
import { withFingerprints } from './skill/fingerprints.ts';
import { ignoredFolders } from './skill/ignored-folders.ts';
import { linesIn } from './skill/lines-in.ts';
import { marksIn } from './skill/mark.ts';
import { readOwnFile } from './skill/own-file.ts';
import { ownTextIn } from './skill/own-text.ts';
import { decidePlacement, foldersToOffer } from './skill/placement.ts';
import { PRINTING } from './skill/print-map.ts';
import { andMore, type MapFile, readMap } from './skill/read-map.ts';
import { type RenderedFile, renderSkill } from './skill/render-skill.ts';
import { CHECKER_FILE, MAP_FILE, SKILL_FILE, SKILL_SUFFIX } from './skill/skill-files.ts';
import { resolveExisting, skillFolderIn } from './skill/skill-folder.ts';
import { placeCitations } from './skill/update-citations.ts';
import { type Change, changesIn, editedByHand, writeSkill } from './skill/write-skill.ts';
import { UsageError } from './usage-error.ts';

const USAGE =
  'parity.mjs generate --repo DIR --map parity-map.yaml [--skills-dir .claude/skills] [--ci github-actions|gitlab-ci] [--dry-run] [--force]';
const HELP: Help = {
  usage: USAGE,
  does: 'Renders a filled parity map to a skill inside the repository, checker included. Refuses gaps, edits by hand and folders outside of it.',
  options: [
    ['--repo DIR', "the application's repository"],
    ['--map FILE', 'the parity map, every gap decided'],
    ['--skills-dir DIR', "the folder of skills, from the repository's root"],
    ['--ci NAME', 'github-actions or gitlab-ci: write a job that runs the checker on each pull request'],
    ['--dry-run', 'show what would change'],
    ['--force', 'overwrite what was edited by hand'],
  ],
  examples: [
    'node SKILL/scripts/parity.mjs generate --repo . --map /tmp/parity/parity-map.yaml --skills-dir .claude/skills',
    'node SKILL/scripts/parity.mjs generate --repo . --map /tmp/parity/parity-map.yaml --ci github-actions --dry-run',
  ],
};
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
        ci: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
    },
    USAGE,
  );
  if (!values.repo || !values.map) throw new UsageError(`--repo and --map are both needed; usage: ${USAGE}`);
  const system = CI_SYSTEMS.find((each) => each === values.ci);
  if (values.ci !== undefined && !system) {
    throw new UsageError(`--ci ${values.ci}: give one of ${CI_SYSTEMS.join(', ')}`);
  }
  const repository = openRepository(values.repo);
  const { root } = repository;
  const text = readInput(values.map);
  const file = readMap(text, values.map);
  refuseGaps(file);
  refuseMarks(file);
  const name = skillName(file);
  const folder = skillFolderIn(root, values['skills-dir'] ?? posix.dirname(file.map.application.skill), name);
  refuseIgnored(repository, folder.fromRoot);
  const placed = placeMap(repository, file, text, folder.fromRoot);
  refuseDisagreement(repository, file);
  const files = filesOf(placed, ownTextIn(readOwnFile(folder.absolute, SKILL_FILE) ?? ''));
  const changes = changesIn(folder.absolute, files);
  const [edited, ...more] = values.force ? [] : editedByHand(folder.absolute, changes);
  if (edited !== undefined) {
    throw new UsageError(
      `${folder.fromRoot}/${edited}: not as generate left it${andMore(more.length)}; move what was changed into ${MAP_FILE} and give that as --map, or overwrite with --force`,
    );
  }
  const dryRun = values['dry-run'];
  const ci = system ? ciChange(repository, ciFile(system, repository, folder.fromRoot), values.force) : undefined;
  if (!dryRun && changes.some((each) => each.kind !== 'same')) writeSkill(folder.absolute, files);
  if (!dryRun && ci && ci.kind !== 'same') writeWhole(join(root, ci.path), ci.after);
  const inSkill = changes.map((each) => ({ ...each, path: `${folder.fromRoot}/${each.path}` }));
  process.stdout.write(summaryOf([...inSkill, ...(ci ? [ci] : [])], join(values.repo, folder.fromRoot), dryRun));
  if (ci?.next) process.stdout.write(`next: ${ci.next}\n`);
  return EXIT.done;
}

function refuseGaps(file: MapFile): void {
  const [gap, ...more] = file.gaps;
  if (gap) {
    throw new UsageError(`${file.what}:${gap.line}: a gap is left${andMore(more.length)}; decide it: ${gap.text}`);
  }
}

/** What draft has to say of an entry is for people to look at before anybody goes by it. */
function refuseMarks(file: MapFile): void {
  const [first, ...more] = marksIn(file.text);
  if (first) {
    throw new UsageError(
      `${file.what}:${first.line}: draft left a mark${andMore(more.length)}; look at the entry: ${first.text}`,
    );
  }
}

/** What git ignores reaches nobody else: said before anything is written there. */
function refuseIgnored({ root, files }: Repository, folder: string): void {
  if (!ignoredPaths(root, [`${folder}/${SKILL_FILE}`]).has(`${folder}/${SKILL_FILE}`)) return;
  const ignored = [...ignoredFolders(root)];
  const [other] = foldersToOffer({ candidates: decidePlacement(files, new Set(ignored)).candidates, ignored });
  throw new UsageError(
    `${folder}: git ignores it here, so nobody else would get the skill; ${other === undefined ? '' : `give --skills-dir ${other}, or `}except it from .gitignore (\`!${folder}/\`)`,
  );
}

function skillName(file: MapFile): string {
  const { name } = file.map.application;
  if (name !== '' && slug(name) === name) return `${name}${SKILL_SUFFIX}`;
  throw new UsageError(
    `${file.what}:${file.lineOf('application', 'name')}: application.name must be lower-case letters, digits and single hyphens, at most 40 characters; write ${slug(name) || 'another name'}`,
  );
}

/**
 * The map with the folder that the skill goes to, which the checker finds the repository by, and with what tells lines of the same text
 * apart. Its text stays as it is otherwise.
 */
function placeMap(
  repository: Repository,
  file: MapFile,
  text: string,
  fromRoot: string,
): { file: MapFile; text: string } {
  const isPlaced = file.map.application.skill === fromRoot;
  if (!placeCitations(file, linesIn(repository)) && isPlaced) return { file, text };
  if (!isPlaced) file.document.setIn(['application', 'skill'], fromRoot);
  const placed = file.document.toString(PRINTING);
  return { file: readMap(placed, file.what), text: placed };
}

/** A checker that is red on its first day would be right and of no use: the map is mended first. */
function refuseDisagreement(repository: Repository, file: MapFile): void {
  const findings = checkParity(repository, inspectMapped(repository, file.map), file, file.what);
  const errors = findings.filter((each) => each.level === 'error');
  if (errors.length === 0) return;
  const told = errors.slice(0, ERRORS_TOLD).map((each) => `${each.path}:${each.line}: ${each.code}: ${each.message}`);
  throw new UsageError(
    `${told.join(' | ')}${andMore(errors.length - told.length)}; mend ${file.what}, by hand or by inspecting and drafting again`,
  );
}

function filesOf({ file, text }: { file: MapFile; text: string }, own: ReadonlyMap<string, string>): RenderedFile[] {
  const template = (name: string): string => readFileSync(join(TEMPLATES, `${name}.mustache`), 'utf8');
  const siblings = [
    ...renderSkill(
      file.map,
      {
        skill: template('SKILL.md'),
        entry: template('entry'),
        register: template('register.md'),
        surface: template('surface'),
        surfaces: template('surfaces.md'),
      },
      own,
    ),
    { path: MAP_FILE, content: text },
  ];
  return [...siblings, withFingerprints({ path: CHECKER_FILE, content: bundleChecker() }, siblings, file.map.register)];
}

/** What writing the CI file would change. Throws a UsageError where something else stands there, or somebody edited it. */
function ciChange(repository: Repository, file: CiFile, force: boolean): Change & { next: string } {
  const { path, content: after, next } = file;
  const folder = resolveExisting(dirname(join(repository.root, path)));
  if (!isInside(repository.root, folder)) {
    throw new UsageError(`${path}: outside the repository, once links are resolved; write the CI job by hand`);
  }
  const stat = lstatSync(join(repository.root, path), { throwIfNoEntry: false });
  if (!stat) return { path, kind: 'create', before: '', after, next };
  if (!stat.isFile()) throw new UsageError(`${path}: a link or a folder stands there; remove it`);
  const before = readInput(join(repository.root, path));
  if (before === after) return { path, kind: 'same', before, after, next };
  if (force || isAsWritten(before)) return { path, kind: 'update', before, after, next };
  throw new UsageError(`${path}: not as generate wrote it; add the job by hand, or overwrite the file with --force`);
}

function summaryOf(changes: readonly Change[], shown: string, dryRun: boolean): string {
  const lines = changes.flatMap((each) => [
    `${dryRun && each.kind !== 'same' ? 'would ' : ''}${each.kind} ${each.path} (${each.after.split('\n').length - 1} lines)`,
    ...(dryRun && each.kind === 'update' && !each.path.endsWith(CHECKER_FILE)
      ? changedLines(each.before, each.after, DIFF_LINES)
      : []),
  ]);
  return `${lines.join('\n')}\n${dryRun ? '' : `next: parity.mjs validate SKILL_DIR --repo DIR, with SKILL_DIR = ${shown}\n`}`;
}

runCommand(generate, HELP);
