import { sectionsOf } from '../syntax/markdown.ts';
import type { Check, Guidance } from './check.ts';

export const check: Check<Guidance> = {
  meta: {
    code: 'empty-section',
    what: 'every heading has text below it',
    mend: 'say what holds for this application, or take the heading out',
  },
  run: ({ texts }) =>
    texts.flatMap(({ path, lines }) =>
      sectionsOf(lines)
        .filter((section) => section.lines.every(({ text }) => /^\s*(?:<!--.*-->\s*)?$/.test(text)))
        .map(({ title, line }) => ({ path, line, message: `nothing stands below "${title}"` })),
    ),
};
