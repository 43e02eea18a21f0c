import { collectFacts, type OnFile, type OnSurveyed } from './collect-facts.ts';
import { findDrift } from './drift/find-drift.ts';
import { withFurtherLines } from './drift/further-lines.ts';
import { explainDrift } from './drift/intent.ts';
import { type LookUp, Matrix } from './drift/matrix.ts';
import { rules } from './drift/rules/index.ts';
import { usesIn } from './drift/uses.ts';
import { type EnvironmentOverride, pathsWithoutFiles } from './environments/overrides.ts';
import { readExports } from './exports/read-exports.ts';
import { LeadFinder } from './leads/find-leads.ts';
import type { Coverage, Fact, Inspection } from './model.ts';
import { findQuestions } from './questions/find-questions.ts';
import { questionRules } from './questions/rules/index.ts';
import { readers } from './readers/index.ts';
import { listApplications, nameOf, slug } from './repository/applications.ts';
import { findMentions } from './repository/mentions.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { isWithin } from './repository/within.ts';
import { isOurCiFile } from './skill/ci-job.ts';
import { ignoredFolders } from './skill/ignored-folders.ts';
import { decidePlacement, projectSkillFolders } from './skill/placement.ts';
import { readMap } from './skill/read-map.ts';
import { escapePattern } from './syntax/escape-pattern.ts';
import { UsageError } from './usage-error.ts';

export interface InspectOptions {
  /** The folder of one application, from the repository's root. */
  app?: string;
  /** The application's name, where its files do not tell it or tell it wrongly. */
  name?: string;
  /** Files that somebody saved from a dashboard or a command line, and the environment that each tells about. */
  exports?: { environment: string; file: string }[];
  /** What people say of environments; else what the parity map of a skill in the repository says. */
  environments?: readonly EnvironmentOverride[];
  /** Told how far the reading is; what it does changes nothing. */
  onFile?: OnFile;
}

/** Everything that the files of a repository say, and what they cannot say. Reads only; the same tree gives the same result. */
export function inspectRepository(folder: string, options: InspectOptions = {}): Inspection {
  return inspectOpened(openRepository(folder), options);
}

/** The same of a repository that is open already. */
export function inspectOpened(whole: Repository, options: InspectOptions = {}): Inspection {
  const leads = new LeadFinder();
  const compared = compare(whole, options, (file) => leads.look(file));
  const { own, applications, paths, facts, environments, coverage, survey, matrix } = compared;
  const drift = explainDrift(whole, withFurtherLines(survey, paths, compared.drift, facts), facts);
  const placement = decidePlacement(whole.files, ignoredFolders(whole.root));
  const { asked, unasked } = findQuestions({ matrix, drift, leads: leads.found(), placement }, questionRules);
  return {
    schemaVersion: 1,
    app: { ...own, applications },
    environments,
    facts,
    drift,
    questions: asked,
    ...(unasked.length > 0 ? { unasked } : {}),
    leads: leads.found(),
    placement,
    coverage,
  };
}

/** What a verdict rests on: the facts and where they differ, without what an inspection tells beside that. */
export type Comparison = Pick<Inspection, 'environments' | 'facts' | 'drift'>;

/** The part of `inspectOpened` that a verdict rests on; its drift has no lines beside its sides. */
export function compareOpened(whole: Repository, options: InspectOptions = {}): Comparison {
  const { environments, facts, drift } = compare(whole, options);
  return { environments, facts, drift };
}

function compare(whole: Repository, options: InspectOptions, onSurveyed?: OnSurveyed) {
  const repository = { ...whole, files: whole.files.filter((path) => !isOfSkill(path) && !isOurCi(whole, path)) };
  const applications = listApplications(repository);
  const appPath = appFolder(repository, options.app);
  const others = applications
    .map((each) => each.path)
    .filter((path) => path !== '.' && !isWithin(appPath, path) && !isWithin(path, appPath));
  const paths = repository.files.filter((path) => appPath === '.' || !others.some((other) => isWithin(path, other)));
  const known = options.environments ? { overrides: options.environments, unread: [] } : statedIn(whole, appPath);
  const { facts, environments, coverage, survey } = collectFacts(repository, paths, readers, {
    exports: readExports(options.exports ?? [], repository.files),
    overrides: known.overrides,
    onFile: options.onFile,
    ...(onSurveyed ? { onSurveyed } : {}),
  });
  coverage.unread.push(
    ...known.unread,
    ...pathsWithoutFiles(known.overrides, paths).map(({ path, environment }) => ({
      path,
      reason: `the parity map gives this path to ${environment}, and no file fits it: correct it there`,
    })),
  );
  const mentioned = findMentions(survey, paths, declaringFiles(facts));
  const own = {
    name: slug(options.name ?? '') || (nameOf(repository, appPath) ?? nameOf(repository, '.') ?? 'application'),
    path: appPath,
  };
  const lookUp: LookUp = (keys) => usesIn(survey, paths, keys);
  const matrix = new Matrix(facts, environments, readers, [own, ...applications], mentioned, repository.files, lookUp);
  const drift = findDrift(matrix, rules);
  return { own, applications, paths, facts, environments, coverage, survey, matrix, drift };
}

const OWN_MAP = /(?:^|\/)[a-z0-9-]+-production-parity\/parity-map\.yaml$/;
/** The job that `generate --ci` wrote is about the application, and not a part of it. */
function isOurCi(repository: Repository, path: string): boolean {
  if (!/^\.gitlab-ci\.yml$|^\.git(?:hub\/workflows|lab)\/[a-z0-9-]+-production-parity\.ya?ml$/.test(path)) return false;
  const file = repository.read(path);
  return file.ok && isOurCiFile(file.text);
}

/** What the parity map of the application's own skill says of its environments. A map that cannot be read is named, and costs nothing else. */
function statedIn(
  repository: Repository,
  appPath: string,
): { overrides: readonly EnvironmentOverride[]; unread: Coverage['unread'] } {
  const unread: Coverage['unread'] = [];
  for (const path of repository.files.filter((each) => OWN_MAP.test(each))) {
    const text = repository.read(path);
    if (!text.ok) continue;
    try {
      const { application, environments } = readMap(text.text, path).map;
      if (application.path === appPath) return { overrides: environments, unread };
    } catch {
      unread.push({
        path,
        reason: 'a parity map that does not fit its schema: what it says of environments is not honoured',
      });
    }
  }
  return { overrides: [], unread };
}

const SKILL_FOLDER = new RegExp(`(?:^|/)(?:${[...projectSkillFolders].map(escapePattern).join('|')})/`);
const GENERATED_SKILL = /(?:^|\/)[a-z0-9-]+-production-parity\//;

/** What agents read as skills is no part of the application: neither what `generate` wrote about it, nor this skill, installed beside it. */
function isOfSkill(path: string): boolean {
  return GENERATED_SKILL.test(path) || SKILL_FOLDER.test(path);
}

function appFolder(repository: Repository, app: string | undefined): string {
  const path = (app ?? '.').replace(/^\.\//, '').replace(/\/+$/, '') || '.';
  if (path === '.' || repository.files.some((file) => isWithin(file, path))) return path;
  throw new UsageError(
    `--app ${app}: no such folder in the repository; give one of the applications that inspect lists, from the repository's root`,
  );
}

/** What a program tells of a key by reading it. */
const TOLD_BY_READS: ReadonlySet<string> = new Set([
  'read',
  'type',
  'exposure',
  'fixed-at',
  'on-if',
  'on-unless',
  'allowed',
]);

/** The keys that files declare, with the files that do. */
function declaringFiles(facts: readonly Fact[]): ReadonlyMap<string, ReadonlySet<string>> {
  const declared = new Map<string, Set<string>>();
  for (const { surface, subject, attribute, evidence } of facts) {
    if (surface !== 'config' || TOLD_BY_READS.has(attribute) || !/^[A-Z][A-Z0-9_]{2,}$/.test(subject)) continue;
    declared.set(subject, (declared.get(subject) ?? new Set()).add(evidence.path));
  }
  return declared;
}
