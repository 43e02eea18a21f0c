import type { Finding } from '../reader.ts';
import { RUBY_READS } from '../ruby.ts';
import { accessesIn, findingsOf } from './config-reads.ts';
import { programText } from './source.ts';
import { codeInTags, tagsIn } from './template-code.ts';

/** Stands for what a template works out; no YAML of its own holds it. */
const PLACEHOLDER = '__erb__';

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

/** A statement that leaves its lines out where what it asks does not hold, another that has an end of its own, and the end of either. */
const ASKS = /^(?:if|unless|case)\b/;
const BEGINS = /^(?:while|until|for|begin)\b|\bdo\b(?:\s*\|[^|]*\|)?$/;
const ENDS = /^end\b/;

/** The first and the last line of each condition that ERB puts around lines of a file, from 1. */
export function conditionsIn(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const open: { from: number; isCondition: boolean }[] = [];
  let line = 1;
  let seen = 0;
  for (const { start, end } of tagsIn(text)) {
    line += countOfLines(text.slice(seen, start));
    seen = start;
    const code = text
      .slice(start + 2, end - 2)
      .replace(/^-|-$/g, '')
      .trim();
    if (ASKS.test(code)) open.push({ from: line, isCondition: true });
    else if (BEGINS.test(code.replace(/^=\s*/, ''))) open.push({ from: line, isCondition: false });
    else if (ENDS.test(code)) {
      const begun = open.pop();
      if (begun?.isCondition) found.push({ from: begun.from, to: line });
    }
  }
  return found;
}

function countOfLines(text: string): number {
  return text.split('\n').length - 1;
}

/** The environment variables that the ERB of a file reads, with their defaults. */
export function erbFindings(path: string, text: string): Finding[] {
  if (!text.includes('<%') || !text.includes('ENV')) return [];
  const program = programText(path, codeInTags(text), 'ruby');
  return findingsOf(program, path, accessesIn(program, RUBY_READS));
}
