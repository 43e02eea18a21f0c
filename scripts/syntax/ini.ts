import { splitLines } from './lines.ts';

/** One `key=value` of an INI file; `section` is empty before the first heading. */
export interface IniEntry {
  section: string;
  key: string;
  value: string;
  /** From 1. */
  line: number;
}

/** How a dialect goes on with a value on the next line: a backslash at the end (systemd), or indentation (supervisord). */
export type Continuation = 'backslash' | 'indentation';

/** The entries of an INI file in order, repeated keys too. Lines that are none are left out; never throws. */
export function parseIni(text: string, continuation: Continuation): IniEntry[] {
  const found: IniEntry[] = [];
  let section = '';
  let goesOn = false;
  for (const [index, source] of splitLines(text).entries()) {
    const last = found.at(-1);
    if (goesOn && last) {
      goesOn = endsOpen(source, continuation);
      last.value = `${last.value} ${bare(source, continuation)}`.trim();
      continue;
    }
    if (/^\s*(?:[#;]|$)/.test(source)) continue;
    const heading = /^\s*\[([^\]]*)\]/.exec(source)?.[1];
    if (heading !== undefined) {
      section = heading.trim();
      continue;
    }
    if (continuation === 'indentation' && /^\s/.test(source) && last?.section === section) {
      last.value = `${last.value} ${source.trim()}`.trim();
      continue;
    }
    const [, key, value] = /^\s*([\w.-]+)\s*=(.*)$/.exec(source) ?? [];
    if (key === undefined || value === undefined) continue;
    goesOn = endsOpen(source, continuation);
    found.push({ section, key, value: bare(value, continuation), line: index + 1 });
  }
  return found;
}

function endsOpen(source: string, continuation: Continuation): boolean {
  return continuation === 'backslash' && source.trimEnd().endsWith('\\');
}

function bare(value: string, continuation: Continuation): string {
  return (continuation === 'backslash' ? value.trimEnd().replace(/\\$/, '') : value.replace(/(?:^|\s);.*$/, '')).trim();
}
