import { checkParity, inspectMapped } from './checking/check-parity.ts';
import { EXIT, parseArguments, runCommand } from './command.ts';
import { creationSummary } from './output/creation-summary.ts';
import type { Help } from './output/help.ts';
import { formatNamed, printFindings } from './output/print-findings.ts';
import { reported, VALIDATION } from './output/validation-report.ts';
import { verdict } from './output/verdict.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { readSkill, type Skill } from './skill/read-skill.ts';
import { CHECKER_FILE, MAP_FILE } from './skill/skill-files.ts';
import { UsageError } from './usage-error.ts';
import { skillPathIn, validateSkill } from './validate-skill.ts';
import type { Finding } from './validation/check.ts';

const USAGE = 'parity.mjs validate SKILL_DIR --repo DIR [--format text|json|sarif|github|gitlab|markdown] [--summary]';
const HELP: Help = {
  usage: USAGE,
  does: 'Checks a generated skill against its repository: frontmatter, placement, citations, sections, register; runs lint too.',
  options: [
    ['SKILL_DIR', 'the folder that generate wrote'],
    ['--repo DIR', "the application's repository"],
    [
      '--format NAME',
      'text (path:line:column: severity: message [code]), json, sarif, github (annotations), gitlab (Code Quality) or markdown (a comment)',
    ],
    [
      '--summary',
      'instead of the findings, what to report of the skill: place, coverage, risks, decisions, verdicts, next mends',
    ],
  ],
  examples: [
    'node SKILL/scripts/parity.mjs validate .claude/skills/shop-production-parity --repo .',
    'node SKILL/scripts/parity.mjs validate .claude/skills/shop-production-parity --repo . --summary',
  ],
};

/** Prints what an agent reports of a skill that it made, from the map and from checks run now. Exits as they do. */
function summarize(skill: Skill, repository: Repository, findings: readonly Finding[]): number {
  const { file } = skill.map;
  if (!file) throw new UsageError(`${MAP_FILE}: cannot be read; run without --summary, which tells why`);
  const inspection = inspectMapped(repository, file.map);
  const parity = checkParity(repository, inspection, file, `${file.map.application.skill}/${MAP_FILE}`);
  const errors = parity.filter((each) => each.level === 'error').length;
  const counted = (count: number): string =>
    count === 0 ? 'no findings' : `${count} ${count === 1 ? 'finding' : 'findings'}; run it to read them`;
  process.stdout.write(
    creationSummary({
      map: file.map,
      skillPath: skillPathIn(repository, skill),
      skillDir: skill.dir,
      skillLines: skill.lineCount,
      root: repository.root,
      coverage: inspection.coverage,
      verdicts: [
        { command: 'validate, lint included', said: counted(findings.length) },
        { command: CHECKER_FILE, said: counted(errors) },
      ],
    }),
  );
  return findings.length + errors > 0 ? EXIT.findings : EXIT.done;
}

runCommand((args) => {
  const { values, positionals } = parseArguments(
    {
      args,
      allowPositionals: true,
      options: {
        repo: { type: 'string' },
        format: { type: 'string', default: 'text' },
        summary: { type: 'boolean', default: false },
      },
    },
    USAGE,
  );
  const format = formatNamed(values.format);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError(`give one skill folder; usage: ${USAGE}`);
  if (values.repo === undefined) throw new UsageError(`give the application's repository with --repo; usage: ${USAGE}`);
  const skill = readSkill(folder);
  const repository = openRepository(values.repo);
  const findings = validateSkill(skill, repository);
  if (values.summary) return summarize(skill, repository, findings);
  printFindings(reported(findings, skillPathIn(repository, skill) ?? ''), format, VALIDATION);
  return verdict(findings);
}, HELP);
