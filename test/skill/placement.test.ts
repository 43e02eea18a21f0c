import { expect, test } from 'vitest';
import { decidePlacement, projectSkillFolders } from '../../scripts/skill/placement.ts';

const app = ['package.json', 'src/index.ts', '.github/workflows/ci.yml'];

test.each<{ when: string; files: string[]; skillsDir: string | null; candidates: string[]; reason: RegExp }>([
  {
    when: 'one skills folder is in use, whatever marks there are',
    files: ['.claude/skills/deploy/SKILL.md', 'AGENTS.md', '.cursor/rules/style.mdc'],
    skillsDir: '.claude/skills',
    candidates: ['.claude/skills claude-code .claude/skills/deploy/SKILL.md'],
    reason: /one skills folder in use/,
  },
  {
    when: 'a shared folder is in use',
    files: ['.agents/skills/b/SKILL.md', '.agents/skills/a/SKILL.md', 'CLAUDE.md'],
    skillsDir: '.agents/skills',
    candidates: ['.agents/skills agents-md .agents/skills/a/SKILL.md'],
    reason: /one skills folder in use/,
  },
  {
    when: 'two skills folders are in use, the fuller first',
    files: ['.claude/skills/a/SKILL.md', '.github/skills/a/SKILL.md', '.github/skills/b/SKILL.md'],
    skillsDir: null,
    candidates: [
      '.github/skills github-copilot .github/skills/a/SKILL.md',
      '.claude/skills claude-code .claude/skills/a/SKILL.md',
    ],
    reason: /Several skills folders are in use \(\.github\/skills, \.claude\/skills\): ask/,
  },
  {
    when: 'two are in use and one holds the parity skill already',
    files: ['.claude/skills/shop-production-parity/SKILL.md', '.agents/skills/a/SKILL.md', '.agents/skills/b/SKILL.md'],
    skillsDir: '.claude/skills',
    candidates: [
      '.agents/skills agents-md .agents/skills/a/SKILL.md',
      '.claude/skills claude-code .claude/skills/shop-production-parity/SKILL.md',
    ],
    reason: /holds a production-parity skill already/,
  },
  {
    when: 'one agent left its mark: CLAUDE.md',
    files: ['CLAUDE.md'],
    skillsDir: '.claude/skills',
    candidates: ['.claude/skills claude-code CLAUDE.md'],
    reason: /CLAUDE\.md is of claude-code/,
  },
  {
    when: 'one agent left its mark: a rules folder',
    files: ['.cursor/rules/style.mdc'],
    skillsDir: '.cursor/skills',
    candidates: ['.cursor/skills cursor .cursor/rules/style.mdc'],
    reason: /reads \.cursor\/skills/,
  },
  {
    when: 'AGENTS.md',
    files: ['AGENTS.md'],
    skillsDir: '.agents/skills',
    candidates: ['.agents/skills agents-md AGENTS.md'],
    reason: /reads \.agents\/skills/,
  },
  {
    when: 'two marks that mean one folder',
    files: ['AGENTS.md', '.codex/config.toml'],
    skillsDir: '.agents/skills',
    candidates: ['.agents/skills agents-md AGENTS.md', '.agents/skills codex .codex/config.toml'],
    reason: /reads \.agents\/skills/,
  },
  {
    when: 'two agents left marks',
    files: ['AGENTS.md', 'CLAUDE.md'],
    skillsDir: null,
    candidates: ['.claude/skills claude-code CLAUDE.md', '.agents/skills agents-md AGENTS.md'],
    reason: /several agents left marks \(\.claude\/skills, \.agents\/skills\): ask/,
  },
  {
    when: 'instructions for Copilot, and not merely workflows',
    files: ['.github/copilot-instructions.md'],
    skillsDir: '.github/skills',
    candidates: ['.github/skills github-copilot .github/copilot-instructions.md'],
    reason: /github-copilot/,
  },
  { when: 'nothing tells', files: [], skillsDir: null, candidates: [], reason: /ask where the skill goes/ },
  {
    when: 'near-misses: a skill deeper down, a file beside the skills, a mark in a subfolder, another case',
    files: [
      'test/fixtures/.claude/skills/a/SKILL.md',
      'skills/a/SKILL.md',
      'docs/AGENTS.md',
      'claude.md',
      'x.cursor/y',
      '.github/skills.md',
    ],
    skillsDir: null,
    candidates: [],
    reason: /ask where the skill goes/,
  },
])('$when', ({ files, skillsDir, candidates, reason }) => {
  const placement = decidePlacement([...app, ...files]);
  expect(placement.skillsDir).toBe(skillsDir);
  expect(placement.candidates.map((each) => `${each.skillsDir} ${each.agent} ${each.evidence}`)).toEqual(candidates);
  expect(placement.reason).toMatch(reason);
  expect(decidePlacement([...files, ...app].reverse())).toEqual(placement);
});

test('every folder of the vocabulary is a plain relative folder', () => {
  for (const folder of projectSkillFolders) expect(folder).toMatch(/^\.[a-z-]+\/skills$/);
});
