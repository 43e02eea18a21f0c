import { mapTextsOf } from '../skill/map-texts.ts';
import { marksIn } from '../skill/mark.ts';
import { GAP } from '../skill/parity-map.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import type { Check, Guidance } from './check.ts';

export const check: Check<Guidance> = {
  meta: {
    code: 'gap',
    what: `nothing is left that waits for a decision: no text says ${GAP}, and no mark of draft is left in the map`,
    mend: 'decide it from the files, or ask, and write the decision in its place',
  },
  run({ map: { file }, texts }) {
    const message = (text: string): string => `still to be decided: "${text.trim().slice(0, 80)}"`;
    return [
      ...(file ? marksIn(file.text) : []).map(({ text, line }) => ({
        path: MAP_FILE,
        line,
        message: `not looked at yet: ${text.slice(0, 200)}`,
        mend: 'look at the entry, mend it where the mark says so, and delete the mark',
      })),
      ...(file ? mapTextsOf(file) : [])
        .filter(({ text }) => text.includes(GAP))
        .map(({ text, line }) => ({ path: MAP_FILE, line, message: message(text) })),
      ...texts.flatMap(({ path, lines }) =>
        lines
          .filter(({ text }) => text.includes(GAP))
          .map(({ text, number }) => ({ path, line: number, message: message(text.slice(text.indexOf(GAP))) })),
      ),
    ];
  },
};
