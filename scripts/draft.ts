import { existsSync } from 'node:fs';
import { EXIT, parseArguments, runCommand, writeWhole } from './command.ts';
import type { Help } from './output/help.ts';
import { readInput } from './read-input.ts';
import { readInspection } from './read-inspection.ts';
import { readers } from './readers/index.ts';
import { codeOwnersOf } from './repository/code-owners.ts';
import { openRepository } from './repository/repository.ts';
import { draftMap } from './skill/draft-map.ts';
import { linesIn } from './skill/lines-in.ts';
import { mergeMap } from './skill/merge-map.ts';
import { registeredIds } from './skill/moved-entries.ts';
import { PRINTING, printMap } from './skill/print-map.ts';
import { readMap } from './skill/read-map.ts';
import { placeCitations } from './skill/update-citations.ts';
import { UsageError } from './usage-error.ts';

const USAGE = 'parity.mjs draft --repo DIR --inspection FILE --output parity-map.yaml';
const HELP: Help = {
  usage: USAGE,
  does: 'Makes a parity map of an inspection. Where there is a map at --output, what people wrote in it stays, and what is new is added.',
  options: [
    ['--repo DIR', "the application's repository"],
    ['--inspection FILE', 'what inspect wrote'],
    ['--output FILE', 'the parity map'],
  ],
  examples: [
    'node SKILL/scripts/parity.mjs draft --repo . --inspection /tmp/parity/inspection.json --output /tmp/parity/parity-map.yaml',
  ],
};

/** Inspection to parity map: a new one, or the one at --output brought up to date. */
function draft(args: string[]): number {
  const { values } = parseArguments(
    { args, options: { repo: { type: 'string' }, inspection: { type: 'string' }, output: { type: 'string' } } },
    USAGE,
  );
  const { repo, inspection: inspectionFile, output } = values;
  if (!repo || !inspectionFile || !output) {
    throw new UsageError(`--repo, --inspection and --output are all needed; usage: ${USAGE}`);
  }
  const repository = openRepository(repo);
  const inspection = readInspection(inspectionFile);
  const existing = existsSync(output) ? readMap(readInput(output), output) : undefined;
  const registered = existing ? registeredIds(existing.map, inspection.drift) : undefined;
  const linesOf = linesIn(repository);
  const codeOwners = codeOwnersOf(repository);
  const fresh = draftMap(inspection, readers, { ...(registered ? { registered } : {}), codeOwners });
  const { text, notes } = existing
    ? mergeMap(existing, fresh, linesOf, inspection)
    : { text: printMap(fresh), notes: [] };
  const drafted = readMap(text, output);
  const isPlaced = placeCitations(drafted, linesOf);
  const { map, gaps, text: placed } = isPlaced ? readMap(drafted.document.toString(PRINTING), output) : drafted;
  writeWhole(output, placed);
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (codeOwners)
    process.stderr.write(`owners are those of ${codeOwners.source}; put the team that decides where it is another\n`);
  const [first] = gaps;
  process.stdout.write(
    `${output}: ${map.surfaces.length} surfaces, ${map.register.length} register entries, ${map.decisions.length} decisions, ${map.openRisks.length} open risks\n` +
      (first
        ? `${gaps.length} gaps to fill, the first on line ${first.line}; then run parity.mjs generate\n`
        : 'no gap left: run parity.mjs generate\n'),
  );
  return EXIT.done;
}

runCommand(draft, HELP);
