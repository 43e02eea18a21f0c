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

/** Statements that leave lines out where what they ask does not hold; others that have an end of their own; another arm; and an end. */
const ASKS = /^(?:if|unless|case)\b/;
const BEGINS = /^(?:while|until|for|begin)\b|\bdo\b(?:\s*\|[^|]*\|)?$/;
const GOES_ON = /^(?:else|elsif|when)\b/;
const ENDS = /^end\b/;

/** A statement that is not at its end. */
interface Open {
  from: number;
  isCondition: boolean;
}

/**
 * The first and the last line of each condition that ERB puts around lines of a file, from 1. `unless ENV["MIGRATE"]` alone leaves
 * out what is there in any usual run: that is no condition.
 */
export function conditionsIn(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const open: Open[] = [];
  let line = 1;
  let seen = 0;
  for (const { start, end } of tagsIn(text)) {
    line += countOfLines(text.slice(seen, start));
    seen = start;
    for (const statement of statementsIn(text.slice(start + 2, end - 2))) {
      const last = open.at(-1);
      if (ASKS.test(statement)) open.push({ from: line, isCondition: !statement.startsWith('unless') });
      else if (BEGINS.test(statement)) open.push({ from: line, isCondition: false });
      else if (GOES_ON.test(statement) && last) last.isCondition = true;
      else if (ENDS.test(statement) && open.pop()?.isCondition && last) found.push({ from: last.from, to: line });
    }
  }
  return found;
}

function statementsIn(tag: string): string[] {
  return tag.split('\n').map((each) => each.replace(/^[-=]|-$/g, '').trim());
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
