import { EXIT, parseArguments, runCommand } from './command.ts';
import { lintSkill } from './lint-skill.ts';
import { assertFormat, printFindings } from './output/print-findings.ts';
import { readSkill } from './skill/read-skill.ts';
import { UsageError } from './usage-error.ts';

const USAGE = 'parity.mjs lint SKILL_DIR [--format text|json]';

runCommand((args) => {
  const { values, positionals } = parseArguments(
    { args, allowPositionals: true, options: { format: { type: 'string', default: 'text' } } },
    USAGE,
  );
  const { format } = values;
  assertFormat(format);
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError(`give one skill folder; usage: ${USAGE}`);
  return printFindings(lintSkill(readSkill(folder)), format) ? EXIT.findings : EXIT.done;
}, USAGE);
