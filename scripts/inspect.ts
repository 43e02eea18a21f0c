import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { inspectRepository } from './inspect-repository.ts';
import { toJson } from './output/json.ts';
import { summaryOf } from './output/summary.ts';
import { readInput } from './read-input.ts';
import { assertInspection } from './schema.ts';
import { readMap } from './skill/read-map.ts';
import { UsageError } from './usage-error.ts';

const USAGE =
  'npx tsx scripts/inspect.ts --repo DIR --output FILE|- [--app PATH] [--name NAME] [--export ENVIRONMENT=FILE]... [--map FILE]';

runCommand((args) => {
  const { values } = parseArguments(
    {
      args,
      options: {
        repo: { type: 'string' },
        output: { type: 'string' },
        app: { type: 'string' },
        name: { type: 'string' },
        map: { type: 'string' },
        export: { type: 'string', multiple: true },
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
    ...(values.map === undefined ? {} : { environments: readMap(readInput(values.map), values.map).map.environments }),
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
});

/** `production=heroku.json`: the environment, and the file that tells about it. */
function exportOption(text: string): { environment: string; file: string } {
  const [, environment = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (environment.trim() === '' || environment === 'shared') {
    throw new UsageError(`--export ${text}: give the environment and the file, as in --export production=config.json`);
  }
  return { environment: environment.trim(), file };
}
