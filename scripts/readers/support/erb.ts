import type { Finding } from '../reader.ts';
import { RUBY_READS } from '../ruby.ts';
import { accessesIn, findingsOf } from './config-reads.ts';
import { programText } from './source.ts';

/** Stands for what a template works out; no YAML of its own holds it. */
const PLACEHOLDER = '__erb__';
const TAG = /<%(=?)[-#%]?([\s\S]*?)-?%>/g;

/** A text without its ERB: `<%= x %>` is a placeholder, `<% x %>` is blank. Lines stay where they are. */
export function withoutErb(text: string): string {
  if (!text.includes('<%')) return text;
  return text.replace(TAG, (whole, equals: string) => {
    const lines = whole.replace(/[^\n]/g, '');
    return equals === '=' ? `${PLACEHOLDER}${lines}` : lines;
  });
}

/** Whether a scalar was worked out by ERB in part or whole. */
export function isFromErb(text: string): boolean {
  return text.includes(PLACEHOLDER);
}

/** The environment variables that the ERB of a file reads, with their defaults. */
export function erbFindings(path: string, text: string): Finding[] {
  if (!text.includes('<%') || !text.includes('ENV')) return [];
  const program = programText(path, onlyErb(text), 'ruby');
  return findingsOf(program, path, accessesIn(program, RUBY_READS));
}

/** Everything but the Ruby of a template is blank. Each piece is a statement of its own. */
function onlyErb(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(TAG)) {
    const open = match[1] === '=' ? 3 : 2;
    const isComment = match[0].startsWith('<%#');
    parts.push(blank(text.slice(from, match.index)), ' '.repeat(open));
    const body = match[0].slice(open, -2);
    parts.push(isComment ? blank(body) : body.replace(/-$/, ' '), ' ;');
    from = match.index + match[0].length;
  }
  return [...parts, blank(text.slice(from))].join('');
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
