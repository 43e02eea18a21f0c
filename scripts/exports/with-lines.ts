import { assertParseable } from '../syntax/limits.ts';

/** A line of JSON longer than this is printed anew, two spaces a level, so that evidence has lines. */
const MAX_JSON_LINE = 500;

/**
 * A text as it is cited. JSON that a command printed on one line (`terraform show -json`), or that holds JSON inside a text
 * (container definitions), is printed anew with that opened, so that each value has a line of its own.
 */
export function withLines(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    let opened = false;
    const value: unknown = JSON.parse(text, (_, each: unknown) => {
      if (typeof each !== 'string' || !/^\s*[[{]/.test(each)) return each;
      const inner = parsed(each);
      if (typeof inner === 'object' && inner !== null) opened = true;
      return inner;
    });
    if (!opened && !text.split('\n').some((line) => line.length > MAX_JSON_LINE)) return text;
    const printed = JSON.stringify(value, null, 2);
    assertParseable(printed);
    return printed;
  } catch {
    return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
