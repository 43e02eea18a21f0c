import { collectFacts } from './collect-facts.ts';
import { findDrift } from './drift/find-drift.ts';
import { Matrix } from './drift/matrix.ts';
import { rules } from './drift/rules/index.ts';
import { readExports } from './exports/read-exports.ts';
import { findLeads } from './leads/find-leads.ts';
import type { Fact, Inspection } from './model.ts';
import { findQuestions } from './questions/find-questions.ts';
import { questionRules } from './questions/rules/index.ts';
import { readers } from './readers/index.ts';
import { listApplications, nameOf, slug } from './repository/applications.ts';
import { findMentions } from './repository/mentions.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { decidePlacement } from './skill/placement.ts';
import { UsageError } from './usage-error.ts';

export interface InspectOptions {
  /** The folder of one application, from the repository's root. */
  app?: string;
  /** The application's name, where its files do not tell it or tell it wrongly. */
  name?: string;
  /** Files that somebody saved from a dashboard or a command line, and the environment that each tells about. */
  exports?: { environment: string; file: string }[];
}

/** Everything that the files of a repository say, and what they cannot say. Reads only; the same tree gives the same result. */
export function inspectRepository(folder: string, options: InspectOptions = {}): Inspection {
  return inspectOpened(openRepository(folder), options);
}

/** The same of a repository that is open. */
export function inspectOpened(repository: Repository, options: InspectOptions = {}): Inspection {
  const applications = listApplications(repository);
  const appPath = appFolder(repository, options.app);
  const others = applications
    .map((each) => each.path)
    .filter((path) => path !== '.' && !isWithin(appPath, path) && !isWithin(path, appPath));
  const paths = repository.files.filter(
    (path) => !GENERATED_SKILL.test(path) && (appPath === '.' || !others.some((other) => isWithin(path, other))),
  );
  const { facts, environments, coverage } = collectFacts(
    repository,
    paths,
    readers,
    readExports(options.exports ?? [], repository.files),
  );
  const mentioned = findMentions(repository, paths, declaringFiles(facts));
  const matrix = new Matrix(facts, environments, readers, applications, mentioned);
  const drift = findDrift(matrix, rules);
  const placement = decidePlacement(repository.files);
  return {
    schemaVersion: 1,
    app: {
      name: slug(options.name ?? '') || (nameOf(repository, appPath) ?? nameOf(repository, '.') ?? 'application'),
      path: appPath,
      applications,
    },
    environments,
    facts,
    drift,
    questions: findQuestions({ matrix, drift, placement }, questionRules),
    leads: findLeads(repository, paths),
    placement,
    coverage,
  };
}

/** What `generate` wrote is about the application, and not a part of it. */
const GENERATED_SKILL = /(?:^|\/)[a-z0-9-]+-production-parity\//;

function appFolder(repository: Repository, app: string | undefined): string {
  const path = (app ?? '.').replace(/^\.\//, '').replace(/\/+$/, '') || '.';
  if (path === '.' || repository.files.some((file) => isWithin(file, path))) return path;
  throw new UsageError(
    `--app ${app}: no such folder in the repository; give one of the applications that inspect lists, from the repository's root`,
  );
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

/** The keys that files declare, with the files that do. */
function declaringFiles(facts: readonly Fact[]): ReadonlyMap<string, ReadonlySet<string>> {
  const declared = new Map<string, Set<string>>();
  for (const { surface, subject, attribute, evidence } of facts) {
    if (surface !== 'config' || attribute === 'read' || !/^[A-Z][A-Z0-9_]{2,}$/.test(subject)) continue;
    declared.set(subject, (declared.get(subject) ?? new Set()).add(evidence.path));
  }
  return declared;
}
