import { join } from 'node:path';
import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import { effectiveMatrix } from './drift/effective-matrix.ts';
import type { Help } from './output/help.ts';
import { readInput } from './read-input.ts';
import { readInspection } from './read-inspection.ts';
import { readers } from './readers/index.ts';
import { pageOf } from './report/page.ts';
import { renderPage } from './report/render-page.ts';
import { readReportTemplates } from './report/templates.ts';
import { readMap } from './skill/read-map.ts';
import { UsageError } from './usage-error.ts';

const USAGE = 'parity.mjs report [--inspection FILE] [--map parity-map.yaml] --output report.html';
const HELP: Help = {
  usage: USAGE,
  does: 'Makes one HTML page that needs no network: an inspection, a parity map, or an inspection with what a map says of it.',
  options: [
    ['--inspection FILE', 'what inspect wrote'],
    ['--map FILE', 'a parity map'],
    ['--output FILE', 'the page'],
  ],
  examples: [
    'node SKILL/scripts/parity.mjs report --inspection /tmp/parity/inspection.json --output report.html',
    'node SKILL/scripts/parity.mjs report --inspection /tmp/parity/inspection.json --map parity-map.yaml --output report.html',
  ],
};

const TEMPLATES = join(import.meta.dirname, '..', 'templates');

/** An inspection, a parity map, or both, as one HTML page that needs no network. */
function report(args: string[]): number {
  const { values } = parseArguments(
    { args, options: { inspection: { type: 'string' }, map: { type: 'string' }, output: { type: 'string' } } },
    USAGE,
  );
  const { inspection: inspectionFile, map: mapFile, output } = values;
  if (!output || (!inspectionFile && !mapFile)) {
    throw new UsageError(`--output and one of --inspection and --map are needed; usage: ${USAGE}`);
  }
  const inspection = inspectionFile ? readInspection(inspectionFile) : undefined;
  const map = mapFile ? readMap(readInput(mapFile), mapFile).map : undefined;
  const rows = inspection ? effectiveMatrix(inspection, readers) : [];
  const page = pageOf({ inspection, map, rows });
  writeWhole(output, renderPage(page, readReportTemplates(TEMPLATES)));
  process.stdout.write(
    `${output}: ${page.drift.length} differences, ${page.rowCount} properties in ${page.environments.length} environments, ${page.questions.length} questions\n`,
  );
  return EXIT.done;
}

runCommand(report, HELP);
