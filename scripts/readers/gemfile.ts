import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';

export const gemfile: Reader = {
  name: 'gemfile',
  reads: '`Gemfile`: the Ruby version, and the gems that are clients of a service with their groups',
  reach: EVERYWHERE,
  endings: [''],
  matches: (path) => basename(path) === 'Gemfile',
  read(file) {
    const findings: Finding[] = [];
    /** The groups of each open block; `undefined` for a block that is no group. */
    const blocks: (string[] | undefined)[] = [];
    for (const [index, text] of splitLines(file.text).entries()) {
      const line = index + 1;
      const code = withoutComment(text).trim();
      if (/^end\b/.test(code)) {
        blocks.pop();
        continue;
      }
      findings.push(
        ...rubyFindings(code, line),
        ...gemFindings(
          code,
          line,
          blocks.findLast((groups) => groups),
        ),
      );
      if (opensBlock(code)) blocks.push(/^group\b/.test(code) ? symbols(code) : undefined);
    }
    return { findings };
  },
};

function rubyFindings(code: string, line: number): Finding[] {
  const found = /^ruby[\s(]+(.+)$/.exec(code)?.[1];
  if (!found) return [];
  const place = { surface: 'runtime', subject: 'ruby', environment: 'shared', line } as const;
  const source = /^(?:file:|:file\s*=>)\s*["']([^"']+)["']/.exec(found)?.[1];
  if (source) return [{ ...place, attribute: 'version-file', value: source }];
  const versions = leadingStrings(found);
  return [{ ...place, attribute: 'version', value: versions.length > 0 ? versions.join(', ') : null }];
}

function gemFindings(code: string, line: number, blockGroups: string[] | undefined): Finding[] {
  const [name, ...versions] = leadingStrings(/^gem[\s(]+(.+)$/.exec(code)?.[1] ?? '');
  if (!name) return [];
  const own = /(?:\bgroups?:|:groups?\s*=>)\s*(\[[^\]]*\]|%i\[[^\]]*\]|:\w+)/.exec(code)?.[1];
  const groups = own === undefined ? (blockGroups ?? []) : symbols(own);
  return environmentsOf(groups).flatMap((environment) =>
    clientFindings(name, versions.join(', '), { environment, line }),
  );
}

/** The strings that a call's arguments start with, before its first option. */
function leadingStrings(text: string): string[] {
  const head = /^(?:["'][^"']*["']\s*,?\s*)+/.exec(text)?.[0] ?? '';
  return [...head.matchAll(/["']([^"']*)["']/g)].map((match) => match[1] ?? '');
}

function symbols(text: string): string[] {
  const words = /%i[[(]([^\])]*)/.exec(text)?.[1];
  if (words !== undefined) return words.trim().split(/\s+/);
  return [...text.matchAll(/:["']?(\w+)/g)].map((match) => match[1] ?? '');
}

/** A gem of groups that name no environment (`:default`, `:assets`) counts everywhere. */
function environmentsOf(groups: readonly string[]): string[] {
  const named = groups.map((group) => environmentNamed(group));
  if (named.length === 0 || named.some((each) => each === undefined)) return ['shared'];
  return [...new Set(named.flatMap((each) => (each ? [developerEnvironment(each)] : [])))];
}

function opensBlock(code: string): boolean {
  return /\bdo\b(?:\s*\|[^|]*\|)?\s*$/.test(code) || /^(?:if|unless|case|begin|def|while)\b/.test(code);
}

/** A line of Ruby without its comment; `#` inside a string stays. */
function withoutComment(text: string): string {
  return /^(?:[^#"']|"[^"]*"|'[^']*')*/.exec(text)?.[0] ?? text;
}
