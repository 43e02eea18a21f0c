import { parseArguments, runCommand } from './command.ts';
import { lintSkill } from './lint-skill.ts';
import type { Help } from './output/help.ts';
import { formatNamed, printFindings } from './output/print-findings.ts';
import { reported, VALIDATION } from './output/validation-report.ts';
import { verdict } from './output/verdict.ts';
import { readSkill } from './skill/read-skill.ts';
import { UsageError } from './usage-error.ts';

const USAGE = 'parity.mjs lint SKILL_DIR [--format text|json|sarif|github|gitlab|markdown]';
const HELP: Help = {
  usage: USAGE,
  does: 'Finds what a generated skill has left of a template: placeholders, generic advice, commands of nobody.',
  options: [
    ['SKILL_DIR', 'the folder that generate wrote'],
    [
      '--format NAME',
      'text (path:line:column: severity: message [code]), json, sarif, github (annotations), gitlab (Code Quality) or markdown (a comment)',
    ],
  ],
  examples: ['node SKILL/scripts/parity.mjs lint .claude/skills/shop-production-parity'],
};

runCommand((args) => {
  const { values, positionals } = parseArguments(
    { args, allowPositionals: true, options: { format: { type: 'string', default: 'text' } } },
    USAGE,
  );
  const format = formatNamed(values.format);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError(`give one skill folder; usage: ${USAGE}`);
  const findings = lintSkill(readSkill(folder));
  printFindings(reported(findings, ''), format, VALIDATION);
  return verdict(findings);
}, HELP);
