import type { Overridable } from '../environments/overrides.ts';
import type { Repository } from '../repository/repository.ts';
import type { LinesOf } from '../skill/citation.ts';
import type { Skill } from '../skill/read-skill.ts';

/** What a check is called and says, for findings and the README's table. */
export interface Meta {
  /** Its file's name in `scripts/validation`, and the code of its findings. */
  code: string;
  /** What it looks for. */
  what: string;
  /** What to do about a finding that names no mend of its own. */
  mend: string;
}

/** Something that is wrong. `path` from the skill's folder, `line` from 1. */
export interface Problem {
  path: string;
  line: number;
  message: string;
  mend?: string;
}

export interface Finding extends Problem {
  code: string;
  mend: string;
}

/** Pure: what the skill and `Against` hold decides. */
export interface Check<Against> {
  meta: Meta;
  run(skill: Skill, against: Against): Problem[];
}

/** What `lint` holds a skill against: the sentences of our own resources, in words, and what the application's files say. */
export interface Guidance {
  catalog: readonly string[][];
  /** The lines of files of the repository around the skill; of none where it stands in no repository. */
  linesOf: LinesOf;
}

/** What `validate` holds a skill against: the repository that it speaks of. */
export interface Target {
  repository: Repository;
  linesOf: LinesOf;
  /** What the files say of an application's environments, before anybody overrides it; asked for only where a map does. */
  statements(application: string): Overridable[];
  /** The skill's folder from the repository's root, links resolved; `null` outside of it. */
  skillPath: string | null;
  /** Whether it lies in a skills folder of a user or a machine. */
  isGlobal: boolean;
}
