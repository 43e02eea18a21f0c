import type { Finding } from '../reader.ts';
import { RUBY_READS } from '../ruby.ts';
import { accessesIn, findingsOf } from './config-reads.ts';
import { programText } from './source.ts';

/** Stands for what a template works out; no YAML of its own holds it. */
const PLACEHOLDER = '__erb__';

/** Every tag with its start and its end; what is never closed is none. */
function tagsIn(text: string): { start: number; end: number }[] {
  const tags: { start: number; end: number }[] = [];
  for (let start = text.indexOf('<%'); start !== -1; ) {
    const close = text.indexOf('%>', start + 2);
    if (close === -1) break;
    tags.push({ start, end: close + 2 });
    start = text.indexOf('<%', close + 2);
  }
  return tags;
}

/** A text without its ERB: `<%= x %>` is a placeholder, `<% x %>` is blank. Lines stay where they are. */
export function withoutErb(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of tagsIn(text)) {
    const tag = text.slice(start, end);
    const last = tag.lastIndexOf('\n');
    // What follows a tag of several lines stays as far from the margin as it was: YAML asks for it.
    const lines = last === -1 ? '' : tag.replace(/[^\n]/g, '') + ' '.repeat(tag.length - last - 1);
    parts.push(text.slice(from, start), text[start + 2] === '=' ? `${PLACEHOLDER}${lines}` : lines);
    from = end;
  }
  return [...parts, text.slice(from)].join('');
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
  for (const { start, end } of tagsIn(text)) {
    const open = text[start + 2] === '=' ? 3 : 2;
    const body = text.slice(start + open, end - 2);
    const isComment = text[start + 2] === '#';
    parts.push(
      blank(text.slice(from, start)),
      ' '.repeat(open),
      isComment ? blank(body) : body.replace(/-$/, ' '),
      ' ;',
    );
    from = end;
  }
  return [...parts, blank(text.slice(from))].join('');
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
