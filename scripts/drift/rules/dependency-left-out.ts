import { posix } from 'node:path';
import type { Drift, Fact } from '../../model.ts';
import { isWithin } from '../../repository/within.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'dependency-left-out',
  says: 'Production uses a package that stands in a group for developers or tests, and production’s install leaves that group out.',
  severity: 'high: program text requires it; medium: a command of production runs it',
  fix: 'run what production runs',
  guard: 'A CI job that installs as production does, loads the whole program and starts it.',
};

export const dependencyLeftOut: Rule = {
  meta,
  find(matrix) {
    const installs = matrix
      .rowsOf('leaves-out')
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.classesOf(fact).includes('production'));
    return matrix.rowsOf('dependency-group').flatMap((row) => findForPackage(matrix, row.subject, row.facts, installs));
  },
};

function findForPackage(matrix: Matrix, name: string, groups: readonly Fact[], installs: readonly Fact[]): Drift[] {
  const uses = matrix
    .factsOf(name, 'uses')
    .filter(
      (fact) =>
        matrix.classesOf(fact).includes('production') &&
        !isStartedByHand(fact) &&
        groups.some((group) => matrix.sameApplication(group, fact)),
    );
  const left = installs.filter((install) =>
    groups.some(
      (group) =>
        leaves(install, group) && matrix.sameApplication(install, group) && installsFor(matrix, install, group),
    ),
  );
  if (uses.length === 0 || left.length === 0) return [];
  const required = uses.some((fact) => !String(fact.value).includes(' '));
  return [
    driftOf(meta, {
      surface: 'runtime',
      subject: name,
      title: `${name} is used where production runs and stands in ${String(groups[0]?.value)}, which production's install leaves out`,
      severity: required ? 'high' : 'medium',
      facts: [...uses, ...left, ...groups],
      environments: environmentsOf(groups),
      why: required
        ? 'It loads wherever all groups are installed, and only production fails at the first use.'
        : 'Where the package is not installed the command fails, or fetches whatever version is newest when it starts.',
    }),
  ];
}

/** A package's own image build installs what that package lists, and nothing of the packages beside it. */
function installsFor(matrix: Matrix, install: Fact, group: Fact): boolean {
  const listed = posix.dirname(group.evidence.path);
  const manifest = posix.basename(group.evidence.path);
  const own = foldersAround(install.evidence.path).find((folder) => matrix.hasPath(posix.join(folder, manifest)));
  return own === undefined || isWithin(own, listed) || isWithin(listed, own);
}

/** The folders that a file lies in, the innermost first. */
function foldersAround(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? ['.'] : [folder, ...foldersAround(folder)];
}

/** Scripts of a `bin` folder that people start, where they need all groups; not the ones that a server or a worker begins with. */
function isStartedByHand({ evidence }: Fact): boolean {
  return /(?:^|\/)bin\/(?!(?:rails|rake|bundle|puma|jobs|sidekiq|server|web|worker|start|docker-entrypoint)$)[\w.-]+$/.test(
    evidence.path,
  );
}

/** Whether an install leaves out every group that a package is in. */
function leaves(install: Fact, group: Fact): boolean {
  if (group.value === 'devDependencies') return install.subject !== 'bundler';
  const without = new Set(String(install.value).split(/[\s,]+/));
  return (
    install.subject === 'bundler' &&
    String(group.value)
      .split(', ')
      .every((each) => without.has(each))
  );
}
