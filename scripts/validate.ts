import { checkParity } from './checking/check-parity.ts';
import { EXIT, parseArguments, runCommand } from './command.ts';
import { inspectOpened } from './inspect-repository.ts';
import { creationSummary } from './output/creation-summary.ts';
import { assertFormat, printFindings } from './output/print-findings.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { readSkill, type Skill } from './skill/read-skill.ts';
import { CHECKER_FILE, MAP_FILE } from './skill/skill-files.ts';
import { UsageError } from './usage-error.ts';
import { skillPathIn, validateSkill } from './validate-skill.ts';
import type { Finding } from './validation/check.ts';

const USAGE = 'parity.mjs validate SKILL_DIR --repo DIR [--format text|json] [--summary]';

/** Prints what an agent reports of a skill that it made, from the map and from checks run now. Exits as they do. */
function summarize(skill: Skill, repository: Repository, findings: readonly Finding[]): number {
  const { file } = skill.map;
  if (!file) throw new UsageError(`${MAP_FILE}: cannot be read; run without --summary, which tells why`);
  const { application } = file.map;
  const { environments } = file.map;
  const { coverage } = inspectOpened(repository, { app: application.path, name: application.name, environments });
  const parity = checkParity(repository.root, file, `${application.skill}/${MAP_FILE}`);
  const errors = parity.filter((each) => each.level === 'error').length;
  const counted = (count: number): string => (count === 0 ? 'no findings' : `${count} findings; run it to read them`);
  process.stdout.write(
    creationSummary({
      map: file.map,
      skillPath: skillPathIn(repository, skill),
      skillDir: skill.dir,
      root: repository.root,
      coverage,
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
  const { format } = values;
  assertFormat(format);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError(`give one skill folder; usage: ${USAGE}`);
  if (values.repo === undefined) throw new UsageError(`give the application's repository with --repo; usage: ${USAGE}`);
  const skill = readSkill(folder);
  const repository = openRepository(values.repo);
  const findings = validateSkill(skill, repository);
  if (values.summary) return summarize(skill, repository, findings);
  return printFindings(findings, format) ? EXIT.findings : EXIT.done;
}, USAGE);
