import { relative, sep } from 'node:path';
import type { Overridable } from './environments/overrides.ts';
import { inspectRepository } from './inspect-repository.ts';
import { lintSkill, runChecks, sortFindings } from './lint-skill.ts';
import { readers } from './readers/index.ts';
import { isInside } from './repository/list-files.ts';
import type { Repository } from './repository/repository.ts';
import { isGlobal } from './skill/global-folders.ts';
import { linesIn } from './skill/lines-in.ts';

import type { Skill } from './skill/read-skill.ts';
import type { Finding } from './validation/check.ts';
import { validateChecks } from './validation/index.ts';

/** Everything that is wrong with a generated skill and what it says of its repository, generic leftovers too. Sorted. */
export function validateSkill(skill: Skill, repository: Repository): Finding[] {
  const target = {
    repository,
    linesOf: linesIn(repository),
    statements: (app: string) => statementsOf(repository, app),
    skillPath: isInside(repository.root, skill.dir) ? relative(repository.root, skill.dir).split(sep).join('/') : null,
    isGlobal: isGlobal(skill.dir, repository.root),
  };
  return sortFindings([...runChecks(skill, validateChecks, target), ...lintSkill(skill)]);
}

function statementsOf(repository: Repository, app: string): Overridable[] {
  const pipelines = new Set(readers.filter((reader) => reader.pipeline).map((reader) => reader.name));
  return inspectRepository(repository.root, { app, environments: [] }).facts.map((fact) => ({
    ...fact,
    isPipeline: pipelines.has(fact.reader),
  }));
}
