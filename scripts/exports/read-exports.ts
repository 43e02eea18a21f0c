import { basename } from 'node:path';
import type { ExportFile } from '../collect-facts.ts';
import { environmentIn } from '../environments/names.ts';
import type { Finding, ReadResult } from '../readers/reader.ts';
import type { Place } from '../readers/support/place.ts';
import { readTextFile } from '../repository/read-file.ts';
import { UsageError } from '../usage-error.ts';
import { EXPORT_FORMATS } from './formats.ts';
import { withLines } from './with-lines.ts';

/**
 * Reads what a person saved from a dashboard or a command line, each file for one environment. Throws a UsageError for a file
 * that cannot be read, that no format fits, or whose name a file of the repository has too: evidence is cited by that name.
 */
export function readExports(
  exports: readonly { environment: string; file: string }[],
  repositoryFiles: readonly string[],
): ExportFile[] {
  const taken = new Set(repositoryFiles);
  return exports.map(({ environment, file }) => {
    const path = basename(file);
    if (taken.has(path)) {
      throw new UsageError(
        `--export ${file}: another file is called ${path}; rename the export, evidence is cited by its name`,
      );
    }
    taken.add(path);
    const read = readTextFile(file);
    if (!read.ok) throw new UsageError(`--export ${file}: ${read.reason}; give a saved text file`);
    const text = withLines(read.text);
    // What nobody classes is the environment whose truth lies outside the repository.
    const place = { environment, class: environmentIn(environment, 'deployed')?.class ?? 'production' } as const;
    const result = readByContent(text, place);
    if (!result) {
      const known = EXPORT_FORMATS.map((each) => each.name).join(', ');
      throw new UsageError(`--export ${file}: not a format that can be read; known are ${known}`);
    }
    return { path, text, result };
  });
}

/** The findings of the first format that fits; all of them are of the export's environment. */
function readByContent(
  text: string,
  place: Omit<Place, 'line'> & Pick<Required<Finding>, 'class'>,
): ReadResult | undefined {
  for (const { read } of EXPORT_FORMATS) {
    const result = read(text, place);
    if (!result || result.findings.length === 0) continue;
    const findings = result.findings.map((each) => ({ ...each, environment: place.environment, class: place.class }));
    return { ...result, findings };
  }
  return undefined;
}
