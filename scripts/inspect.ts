import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { inspectRepository } from './inspect-repository.ts';
import { toJson } from './output/json.ts';
import { summaryOf } from './output/summary.ts';
import { assertInspection } from './schema.ts';
import { UsageError } from './usage-error.ts';

const USAGE = 'parity.mjs inspect --repo DIR --output FILE|- [--app PATH] [--name NAME] [--export ENVIRONMENT=FILE]...';

runCommand((args) => {
  const { values } = parseArguments(
    {
      args,
      options: {
        repo: { type: 'string' },
        output: { type: 'string' },
        app: { type: 'string' },
        name: { type: 'string' },
        export: { type: 'string', multiple: true },
      },
    },
    USAGE,
  );
  if (!values.repo) throw new UsageError(`--repo is missing; usage: ${USAGE}`);
  if (!values.output) throw new UsageError(`--output is missing; usage: ${USAGE}`);
  const inspection = inspectRepository(values.repo, {
    ...(values.app === undefined ? {} : { app: values.app }),
    ...(values.name === undefined ? {} : { name: values.name }),
    exports: (values.export ?? []).map(exportOption),
  });
  assertInspection(inspection, 'the inspection');
  if (values.output === '-') {
    process.stdout.write(toJson(inspection));
    return EXIT.done;
  }
  writeWhole(values.output, toJson(inspection));
  process.stdout.write(summaryOf(inspection, values.output));
  return EXIT.done;
}, USAGE);

/** `production=heroku.json`: the environment, and the file that tells about it. */
function exportOption(text: string): { environment: string; file: string } {
  const [, environment = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (environment.trim() === '' || environment === 'shared') {
    throw new UsageError(`--export ${text}: give the environment and the file, as in --export production=config.json`);
  }
  return { environment: environment.trim(), file };
}
