import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { effectiveMatrix } from './drift/effective-matrix.ts';
import { rules } from './drift/rules/index.ts';
import { inspectRepository } from './inspect-repository.ts';
import { toJson } from './output/json.ts';
import { summaryOf } from './output/summary.ts';
import { type ViewFilter, viewOf } from './output/view.ts';
import { readInput } from './read-input.ts';
import { readers } from './readers/index.ts';
import { assertInspection } from './schema.ts';
import { SURFACES } from './skill/draft-map.ts';
import { readMap } from './skill/read-map.ts';
import { UsageError } from './usage-error.ts';

const USAGE =
  'parity.mjs inspect --repo DIR --output FILE|- [--app PATH] [--name NAME] [--export ENVIRONMENT=FILE]... [--map FILE] [--surface S] [--environment E] [--rule R] [--subject TEXT] [--limit N]';

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
        surface: { type: 'string' },
        environment: { type: 'string' },
        rule: { type: 'string' },
        subject: { type: 'string' },
        limit: { type: 'string' },
        export: { type: 'string', multiple: true },
      },
    },
    USAGE,
  );
  if (!values.repo) throw new UsageError(`--repo is missing; usage: ${USAGE}`);
  if (!values.output) throw new UsageError(`--output is missing; usage: ${USAGE}`);
  const filter = filterOf(values);
  if (filter && values.output === '-') {
    throw new UsageError('--output - prints the whole inspection; give a file to see a part of it on stdout');
  }
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
  process.stdout.write(
    filter ? viewOf(inspection, effectiveMatrix(inspection, readers), filter) : summaryOf(inspection, values.output),
  );
  return EXIT.done;
}, USAGE);

/** The part that was asked for; `undefined` for all. Throws a UsageError on a surface, rule or number that does not exist. */
function filterOf(values: { [key in keyof ViewFilter]?: string | undefined }): ViewFilter | undefined {
  const { surface, environment, rule, subject, limit } = values;
  if ([surface, environment, rule, subject, limit].every((each) => each === undefined)) return undefined;
  const names = rules.map((each) => each.meta.name);
  if (surface !== undefined && !SURFACES.some((each) => each === surface)) {
    throw new UsageError(`--surface ${surface}: give one of ${SURFACES.join(', ')}`);
  }
  if (rule !== undefined && !names.includes(rule))
    throw new UsageError(`--rule ${rule}: give one of ${names.join(', ')}`);
  if (limit !== undefined && !/^[1-9]\d{0,5}$/.test(limit))
    throw new UsageError(`--limit ${limit}: give a whole number from 1`);
  return {
    ...(surface === undefined ? {} : { surface }),
    ...(environment === undefined ? {} : { environment }),
    ...(rule === undefined ? {} : { rule }),
    ...(subject === undefined ? {} : { subject }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  };
}

/** `production=heroku.json`: the environment, and the file that tells about it. */
function exportOption(text: string): { environment: string; file: string } {
  const [, environment = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (environment.trim() === '' || environment === 'shared') {
    throw new UsageError(`--export ${text}: give the environment and the file, as in --export production=config.json`);
  }
  return { environment: environment.trim(), file };
}
