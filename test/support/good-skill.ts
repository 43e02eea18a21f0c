import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRepository } from '../../scripts/repository/repository.ts';
import { readSkill } from '../../scripts/skill/read-skill.ts';
import { validateSkill } from '../../scripts/validate-skill.ts';
import { fixture } from './facts-of.ts';

/** Where the good skill stands, from its repository's root. */
export const GOOD_SKILL = '.claude/skills/harbour-production-parity';

/** A copy of the small repository `harbour` with its good skill, removed when the test is over. */
export interface GoodSkill {
  repository: string;
  skill: string;
  /** Moves the skill to another folder of the repository. */
  move(to: string): void;
  /** Replaces text in a file of the skill; fails where the text is not there. */
  edit(path: string, from: string | RegExp, to: string): void;
  /** Writes a file of the repository. */
  write(path: string, text: string): void;
}

export function copyGoodSkill(): GoodSkill {
  const scratch = mkdtempSync(join(tmpdir(), 'good-skill-'));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  const repository = join(scratch, 'harbour');
  cpSync(fixture('validation/harbour'), repository, { recursive: true });
  let skill = join(repository, GOOD_SKILL);
  return {
    repository,
    get skill() {
      return skill;
    },
    move(to) {
      const target = join(repository, to);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(skill, target);
      skill = target;
    },
    edit(path, from, to) {
      const file = join(skill, path);
      const text = readFileSync(file, 'utf8');
      const edited = text.replace(from, () => to);
      if (edited === text) throw new Error(`${path} does not hold ${String(from)}`);
      writeFileSync(file, edited);
    },
    write(path, text) {
      writeFileSync(join(repository, path), text);
    },
  };
}

/** The findings of `validate` as `path:line code message`. */
export function verdict({ repository, skill }: Pick<GoodSkill, 'repository' | 'skill'>): string[] {
  return validateSkill(readSkill(skill), openRepository(repository)).map(
    ({ path, line, code, message }) => `${path}:${line} ${code} ${message}`,
  );
}
