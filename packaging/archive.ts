import { zipSync } from 'fflate';
import { byCodeUnit } from '../scripts/output/json.ts';

export interface PackagedFile {
  /** From the archive's root, with `/`. */
  path: string;
  content: Uint8Array;
}

/** A regular file that everybody reads and its owner writes, as Unix has it. */
const MODE = 0o100644;
const UNIX = 3;

/** A zip archive that is the same for the same files: sorted, without the times and rights of this machine. */
export function archive(files: readonly PackagedFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => byCodeUnit(a.path, b.path));
  return zipSync(Object.fromEntries(sorted.map((each) => [each.path, each.content])), {
    level: 9,
    // The earliest day that the format knows, in local time, as the format has it.
    mtime: new Date(1980, 0, 1),
    os: UNIX,
    attrs: MODE << 16,
  });
}
