import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';

const WORKFLOW = /(?:^|\/)\.github\/(?:workflows|actions)\/.+\.ya?ml$/;
/** An expression of a workflow that lacks its `$`. */
const BARE = /(?<!\$)(?<!\{)\{\{\s*((?:secrets|vars|env|github|inputs|matrix|needs|steps)\.[\w.-]+)\s*\}\}/g;

export const unexpandedExpressions: Reader = {
  name: 'unexpanded-expressions',
  reads: 'expressions of GitHub workflows that lack their `$`, and are handed on as they stand',
  reach: EVERYWHERE,
  source: true,
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => WORKFLOW.test(path),
  read({ text }) {
    // A template engine that writes workflows has expressions of its own.
    if (!text.includes('{{')) return null;
    const findings = splitLines(text).flatMap((line, index): Finding[] =>
      // `if:` takes expressions bare, and comments run nothing.
      /^\s*(?:#|(?:-\s+)?if\s*:)/.test(line)
        ? []
        : [...line.matchAll(BARE)].map((match) => ({
            surface: 'config',
            subject: keyBefore(line.slice(0, match.index)) ?? (match[1] ?? '').split('.').at(-1) ?? '',
            attribute: 'unexpanded',
            value: match[0],
            environment: 'ci',
            line: index + 1,
          })),
    );
    return findings.length > 0 ? { findings } : null;
  },
};

/** `-e "KEY={{` and `KEY: {{`. */
function keyBefore(text: string): string | undefined {
  return /([A-Z][A-Z0-9_]+)\s*[:=]\s*["']?$/.exec(text)?.[1];
}
