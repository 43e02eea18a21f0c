import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../scripts/repository/repository.ts';
import { readSkill } from '../../scripts/skill/read-skill.ts';
import { UsageError } from '../../scripts/usage-error.ts';
import { validateSkill } from '../../scripts/validate-skill.ts';
import { fixture } from '../support/facts-of.ts';
import { copyGoodSkill, GOOD_SKILL } from '../support/good-skill.ts';
import { scratch } from '../support/skill-copy.ts';
import { creator, reference } from '../support/skill-validators.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NAME = 'harbour-production-parity';
const SAYS = 'Keeps harbour in parity with production. Use when harbour drifts between staging and production.';

type Verdicts = [reference: boolean, creator: boolean, ours: boolean];
/** Every case of the tests of the two validators, and what else their rules refuse. A text stands for the frontmatter. */
const cases: {
  when: string;
  frontmatter?: string;
  folder?: string;
  accepts: Verdicts;
  by?: (folder: string) => void;
}[] = [
  { when: 'valid', accepts: [true, true, true] },
  { when: 'no such path', accepts: [false, false, false], by: (folder) => rmSync(folder, { recursive: true }) },
  {
    when: 'a file instead of a folder',
    accepts: [false, false, false],
    by: (folder) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    },
  },
  { when: 'no SKILL.md', accepts: [false, false, false], by: (folder) => rmSync(join(folder, 'SKILL.md')) },
  {
    when: 'no frontmatter',
    accepts: [false, false, false],
    by: (folder) => writeFileSync(join(folder, 'SKILL.md'), '# Hi\n'),
  },
  {
    when: 'frontmatter not closed',
    accepts: [false, false, false],
    by: (folder) => writeFileSync(join(folder, 'SKILL.md'), `---\nname: ${NAME}\n`),
  },
  { when: 'upper case', ...named('Harbour-production-parity', true), accepts: [false, false, false] },
  { when: 'a name of 81 characters', ...named(`${'a'.repeat(63)}-production-parity`), accepts: [false, false, false] },
  { when: 'a leading hyphen', ...named('-harbour-production-parity'), accepts: [false, false, false] },
  { when: 'two hyphens', ...named('harbour--production-parity'), accepts: [false, false, false] },
  { when: 'an underscore', ...named('har_bour-production-parity'), accepts: [false, false, false] },
  {
    when: 'another folder',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}`,
    folder: 'other-production-parity',
    accepts: [false, true, false],
  },
  {
    when: 'a field that nobody knows',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\nauthor: Ada`,
    accepts: [false, false, false],
  },
  {
    when: 'all fields',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\nlicense: MIT\ncompatibility: "Node 20"\nallowed-tools: "Bash(node:*) Read"\nmetadata:\n  author: "Ada"\n  version: "1.0"`,
    accepts: [true, true, true],
  },
  {
    when: 'allowed-tools',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\nallowed-tools: "Read"`,
    accepts: [true, true, true],
  },
  // The reference takes letters of every language; the strictest in use does not, and so do not we.
  { when: 'a Chinese name', ...named('港口-production-parity'), accepts: [true, false, false] },
  { when: 'a Russian name', ...named('мой-навык-production-parity'), accepts: [true, false, false] },
  { when: 'a Russian name in upper case', ...named('НАВЫК-production-parity'), accepts: [false, false, false] },
  {
    when: 'a name that NFKC makes the folder’s',
    frontmatter: `name: "ﬁsh-production-parity"\ndescription: ${SAYS}`,
    folder: 'fish-production-parity',
    accepts: [true, false, false],
  },
  {
    when: 'a description of 1,025 characters',
    frontmatter: `name: ${NAME}\ndescription: "${SAYS.padEnd(1025, 'x')}"`,
    accepts: [false, false, false],
  },
  {
    when: 'compatibility',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\ncompatibility: "Node 20"`,
    accepts: [true, true, true],
  },
  {
    when: 'compatibility of 501 characters',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\ncompatibility: "${'x'.repeat(501)}"`,
    accepts: [false, false, false],
  },
  { when: 'no name', frontmatter: `description: ${SAYS}`, accepts: [false, false, false] },
  { when: 'no description', frontmatter: `name: ${NAME}`, accepts: [false, false, false] },
  { when: 'an empty description', frontmatter: `name: ${NAME}\ndescription: ""`, accepts: [false, true, false] },
  { when: 'an empty name', frontmatter: `name: ""\ndescription: ${SAYS}`, accepts: [false, true, false] },
  {
    when: 'a description that YAML 1.1 takes for a truth value',
    frontmatter: `name: ${NAME}\ndescription: yes`,
    accepts: [true, false, false],
  },
  {
    when: 'an angle bracket',
    frontmatter: `name: ${NAME}\ndescription: "${SAYS} Node > 20"`,
    accepts: [true, false, false],
  },
  {
    when: 'three hyphens in a value',
    frontmatter: `name: ${NAME}\ndescription: "${SAYS} --- and more"`,
    accepts: [false, true, false],
  },
  {
    when: 'a flow mapping',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\nmetadata: { author: "Ada" }`,
    accepts: [false, true, false],
  },
  { when: 'an anchor', frontmatter: `name: &n ${NAME}\ndescription: ${SAYS}`, accepts: [false, true, false] },
  { when: 'a tag', frontmatter: `name: !!str ${NAME}\ndescription: ${SAYS}`, accepts: [false, true, false] },
  {
    when: 'a key twice',
    frontmatter: `name: ${NAME}\nname: ${NAME}\ndescription: ${SAYS}`,
    accepts: [false, true, false],
  },
  { when: 'a list', frontmatter: `- ${NAME}`, accepts: [false, false, false] },
  { when: 'broken YAML', frontmatter: `name: "${NAME}\ndescription: ${SAYS}`, accepts: [false, false, false] },
  {
    when: 'compatibility that is a list',
    frontmatter: `name: ${NAME}\ndescription: ${SAYS}\ncompatibility:\n  - node`,
    accepts: [true, false, false],
  },
];

function named(name: string, unquoted = false): { frontmatter: string; folder: string } {
  return { frontmatter: `name: ${unquoted ? name : `"${name}"`}\ndescription: ${SAYS}`, folder: name };
}

const OURS = new Set(['frontmatter', 'frontmatter-keys', 'name', 'description']);

function weAccept(folder: string, repository: string): boolean {
  try {
    return validateSkill(readSkill(folder), openRepository(repository)).every(({ code }) => !OURS.has(code));
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

test.each(cases)('$when: reference, skill-creator and ours say $accepts', ({ frontmatter, folder, accepts, by }) => {
  const good = copyGoodSkill();
  const skill = join(dirname(good.skill), folder ?? NAME);
  if (skill !== good.skill) renameSync(good.skill, skill);
  const file = join(skill, 'SKILL.md');
  if (frontmatter !== undefined) {
    const body = readFileSync(file, 'utf8').split('\n---\n').slice(1).join('\n---\n');
    writeFileSync(file, `---\n${frontmatter}\n---\n${body}`);
  }
  by?.(skill);
  const verdicts = [reference(skill).length === 0, creator(skill).length === 0, weAccept(skill, good.repository)];
  expect(verdicts).toEqual(accepts);
  // Whatever we accept, both accept.
  expect(!accepts[2] || (accepts[0] && accepts[1])).toBe(true);
});

test('both accept this skill and generated ones, as ours does', () => {
  const own = join(scratch(), 'production-parity-skill-builder');
  mkdirSync(own);
  cpSync(join(ROOT, 'SKILL.md'), join(own, 'SKILL.md'));
  for (const folder of [own, fixture(`validation/harbour/${GOOD_SKILL}`)]) {
    expect([folder, reference(folder), creator(folder)]).toEqual([folder, [], []]);
  }
  expect(readSkill(own).frontmatter.problem).toBeNull();
});
