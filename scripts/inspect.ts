import builder from '../package.json' with { type: 'json' };
import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { driftFindings } from './drift/drift-findings.ts';
import { effectiveMatrix } from './drift/effective-matrix.ts';
import { rules } from './drift/rules/index.ts';
import { inspectRepository } from './inspect-repository.ts';
import { FORMATS } from './output/formats/index.ts';
import type { Help } from './output/help.ts';
import { toJson } from './output/json.ts';
import { formatNamed } from './output/print-findings.ts';
import { printText } from './output/print-text.ts';
import { progressOn } from './output/progress.ts';
import type { Tool } from './output/report-findings.ts';
import { summaryOf } from './output/summary.ts';
import { type ViewFilter, viewOf } from './output/view.ts';
import { readInput } from './read-input.ts';
import { readers } from './readers/index.ts';
import { assertInspection } from './schema.ts';
import { SURFACES } from './skill/draft-map.ts';
import { readMap } from './skill/read-map.ts';
import { UsageError } from './usage-error.ts';

const USAGE =
  'parity.mjs inspect --repo DIR --output FILE|- [--format json|sarif|github|gitlab|markdown|text] [--app PATH] [--name NAME] [--export ENVIRONMENT=FILE]... [--map FILE] [--surface S] [--environment E] [--rule R] [--subject TEXT] [--limit N]';
const HELP: Help = {
  usage: USAGE,
  does: 'Reads a repository: what its files say of each environment, and where they differ. Prints a summary, or the part that was asked for.',
  options: [
    ['--repo DIR', "the application's repository; nothing in it is run or written"],
    ['--output FILE|-', 'the inspection; - prints it instead of the summary'],
    [
      '--format NAME',
      'what --output gets: json (the whole inspection), or the drift alone as sarif, github, gitlab, markdown or text',
    ],
    ['--app PATH', 'one application of several, from the root of the repository'],
    ['--name NAME', 'the name of the application, where files tell it wrongly'],
    ['--export ENVIRONMENT=FILE', 'what somebody saved from a dashboard or a command line; may be repeated'],
    ['--map FILE', 'a parity map whose environments say which file, job or stack belongs to which'],
    ['--surface S', 'this surface alone'],
    ['--environment E', 'this environment, or class of environments, beside production'],
    ['--rule R', 'drift of this rule alone'],
    ['--subject TEXT', 'keys and services that hold this text, or fit this pattern'],
    ['--limit N', 'so many of each at most'],
  ],
  examples: [
    'node SKILL/scripts/parity.mjs inspect --repo . --output /tmp/parity/inspection.json',
    "node SKILL/scripts/parity.mjs inspect --repo . --output /tmp/parity/inspection.json --environment staging --subject 'DATABASE*'",
    'node SKILL/scripts/parity.mjs inspect --repo . --output drift.sarif --format sarif',
    'node SKILL/scripts/parity.mjs inspect --repo . --output /tmp/parity/inspection.json --export production=heroku-config.json',
  ],
};

/** What an inspection can find, for the formats of findings. */
const INSPECTION: Tool = {
  name: builder.name,
  version: builder.version,
  rules: Object.fromEntries(
    rules.map(({ meta }) => [meta.name, { level: 'warning', what: meta.says, mend: meta.fix }]),
  ),
};

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
        format: { type: 'string', default: 'json' },
        export: { type: 'string', multiple: true },
      },
    },
    USAGE,
  );
  if (!values.repo) throw new UsageError(`--repo is missing; usage: ${USAGE}`);
  if (!values.output) throw new UsageError(`--output is missing; usage: ${USAGE}`);
  const format = formatNamed(values.format);
  const filter = filterOf(values);
  if (filter && values.output === '-') {
    throw new UsageError('--output - prints the whole inspection; give a file to see a part of it on stdout');
  }
  const progress = progressOn(process.stderr);
  const inspection = inspectRepository(values.repo, {
    onFile: progress.step,
    ...(values.app === undefined ? {} : { app: values.app }),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.map === undefined ? {} : { environments: readMap(readInput(values.map), values.map).map.environments }),
    exports: (values.export ?? []).map(exportOption),
  });
  progress.end();
  assertInspection(inspection, 'the inspection');
  const written = format === 'json' ? toJson(inspection) : FORMATS[format](driftFindings(inspection), INSPECTION);
  if (values.output === '-') {
    process.stdout.write(written);
    return EXIT.done;
  }
  writeWhole(values.output, written);
  printText(
    filter ? viewOf(inspection, effectiveMatrix(inspection, readers), filter) : summaryOf(inspection, values.output),
  );
  return EXIT.done;
}, HELP);

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
