import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { inspectRepository } from './inspect-repository.ts';
import { toJson } from './output/json.ts';
import { summaryOf } from './output/summary.ts';
import { assertInspection } from './schema.ts';
import { UsageError } from './usage-error.ts';

const USAGE = 'npx tsx scripts/inspect.ts --repo DIR --output FILE|- [--app PATH] [--name NAME]';

runCommand((args) => {
  const { values } = parseArguments(
    {
      args,
      options: {
        repo: { type: 'string' },
        output: { type: 'string' },
        app: { type: 'string' },
        name: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    },
    USAGE,
  );
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return EXIT.done;
  }
  if (!values.repo) throw new UsageError(`--repo is missing; usage: ${USAGE}`);
  if (!values.output) throw new UsageError(`--output is missing; usage: ${USAGE}`);
  const inspection = inspectRepository(values.repo, {
    ...(values.app === undefined ? {} : { app: values.app }),
    ...(values.name === undefined ? {} : { name: values.name }),
  });
  assertInspection(inspection, 'the inspection');
  if (values.output === '-') {
    process.stdout.write(toJson(inspection));
    return EXIT.done;
  }
  writeWhole(values.output, toJson(inspection));
  process.stdout.write(summaryOf(inspection, values.output));
  return EXIT.done;
});
