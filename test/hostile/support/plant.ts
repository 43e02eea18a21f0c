import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../../support/facts-of.ts';
import type { Canary } from './canaries.ts';

/** The fixtures of all readers: every format that there is. */
export function readerFixtures(): string[] {
  return readdirSync(fixture('readers')).sort();
}

/** Every text file of a fixture, by its path. */
export function filesOf(name: string): Map<string, string> {
  const root = fixture(name);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    paths
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
      .filter(([, text]) => !text.includes('\u0000')),
  );
}

/** A value that a line sets: after an operator or in quotes, or the text of an element. */
const VALUE =
  /("(?:[^"\\\n$]|\\.){1,80}"|'(?:[^'\\\n$]|\\.){1,80}'|(?<=[\w"'][:=]\s?)(?![|>{[&*!$"'\s])[^\s"'`,;(){}[\]<>]+(?=\s*$)|(?<=>)[^<>\s]+(?=<\/))/gm;

/**
 * A text in which some of its values are canaries, `step` values apart from `phase` on, the canaries in turn. The rest of the
 * file stays as it is, so that its reader still knows it.
 */
export function plantValues(
  text: string,
  canaries: readonly Canary[],
  phase: number,
  step: number,
): { text: string; planted: Canary[] } {
  const planted: Canary[] = [];
  let index = -1;
  const out = text.replace(VALUE, (whole) => {
    index += 1;
    const canary = canaries[(phase * 7 + planted.length * 5) % canaries.length];
    if (index % step !== phase || canary === undefined) return whole;
    const quote = /^["']/.exec(whole)?.[0] ?? '';
    planted.push(canary);
    return `${quote}${canary.text}${quote}`;
  });
  return { text: out, planted };
}

/** `KEY=value`, `key: value`, `"key": "value"`, `<key>value</key>`: the key gets a secret's name, the value is a password. */
const PAIR =
  /([A-Za-z_][\w]*)(["']?\s?(?:=>|[:=])\s?)("(?:[^"\\\n$]|\\.){1,80}"|'(?:[^'\\\n$]|\\.){1,80}'|(?![|>{[&*!$"'\s])[^\s"'`,;(){}[\]<>]+(?=\s*$))/gm;

export function plantKeys(
  text: string,
  canary: Canary,
  phase: number,
  step: number,
): { text: string; planted: Canary[] } {
  const planted: Canary[] = [];
  let index = -1;
  const out = text.replace(PAIR, (whole, key: string, between: string, value: string) => {
    index += 1;
    if (index % step !== phase) return whole;
    const quote = /^["']/.exec(value)?.[0] ?? '';
    planted.push(canary);
    const name = key === key.toUpperCase() ? 'DB_PASSWORD' : 'dbPassword';
    return `${name}${between}${quote}${canary.text}${quote}`;
  });
  return { text: out, planted };
}

/** What a comment of a format begins with; `undefined` where it has none. */
export function commentMark(path: string): string | undefined {
  if (/\.(?:json|lock|md|txt|mod|xml|csproj|toml\.lock)$|Procfile|version$/.test(path)) return undefined;
  return /\.(?:[cm]?[jt]sx?|go|rs|java|kts?|cs|php|gradle|bicep|prisma|scala|swift|vue|svelte)$|Jenkinsfile/.test(path)
    ? '//'
    : '#';
}

/** A text in which comments hold each canary. */
export function plantComments(text: string, mark: string, canaries: readonly Canary[]): string {
  const comments = canaries.map((each) => `${mark} was ${each.text} before`);
  const lines = text.split('\n').flatMap((line, index) => {
    // Behind a line too: readers quote whole lines.
    const own = canaries[index % canaries.length];
    return [/\S$/.test(line) && !/[\\|>"'`]$/.test(line) && own ? `${line} ${mark} ${own.text}` : line];
  });
  return [...lines, ...comments, ''].join('\n');
}
