import { EXIT, parseArguments, runCommand } from './command.ts';
import { assertFormat, printFindings } from './output/print-findings.ts';
import { openRepository } from './repository/repository.ts';
import { readSkill } from './skill/read-skill.ts';
import { UsageError } from './usage-error.ts';
import { validateSkill } from './validate-skill.ts';

const USAGE = 'parity.mjs validate SKILL_DIR --repo DIR [--format text|json]';

runCommand((args) => {
  const { values, positionals } = parseArguments(
    {
      args,
      allowPositionals: true,
      options: { repo: { type: 'string' }, format: { type: 'string', default: 'text' } },
    },
    USAGE,
  );
  const { format } = values;
  assertFormat(format);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError(`give one skill folder; usage: ${USAGE}`);
  if (values.repo === undefined) throw new UsageError(`give the application's repository with --repo; usage: ${USAGE}`);
  const skill = readSkill(folder);
  const findings = validateSkill(skill, openRepository(values.repo));
  return printFindings(findings, format) ? EXIT.findings : EXIT.done;
}, USAGE);
