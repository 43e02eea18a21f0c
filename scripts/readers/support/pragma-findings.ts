import { splitLines } from '../../syntax/lines.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

/** Settings of SQLite that programs behave differently by. */
const PRAGMA = /\bPRAGMA\s{1,8}(journal_mode|synchronous|foreign_keys|busy_timeout)\s{0,8}=\s{0,8}['"]?(\w{1,20})/gi;

/** What the `PRAGMA`s of a text set SQLite to, each on its line. */
export function pragmaFindings(text: string, firstLine: number, place: Omit<Place, 'line'>): Finding[] {
  if (!/pragma/i.test(text)) return [];
  return splitLines(text).flatMap((line, index) =>
    [...line.matchAll(PRAGMA)].map(([, name = '', value = '']) =>
      findingAt(
        { ...place, line: firstLine + index },
        { surface: 'services', subject: 'sqlite', attribute: name.toLowerCase().replaceAll('_', '-'), value },
      ),
    ),
  );
}
