import { escapePattern } from '../../syntax/escape-pattern.ts';
import { matchesIn, mayName, sought } from '../../syntax/sought.ts';
import type { SourceFile } from '../reader.ts';
import type { ReadPattern } from './config-reads.ts';

/** An object with the variables of the process that a module hands out: `export default withFileSecrets(process.env)`. */
interface EnvironmentObject {
  /** The last part of the module's path, without its extension; of an index file, the folder's. */
  module: string;
  /** The name that it is exported under. */
  environmentObject: string;
}

const MAY_EXPORT = sought(/\bexport\s[^;]{0,250}?\bprocess\.env\b/, 'javascript');
const WHOLE = String.raw`\bprocess\.env\b(?!\s{0,4}(?:[.[!?]|as\s+unknown\s+as\s+\w+\)?\.))`;
const EXPORTED = new RegExp(
  String.raw`\bexport\s+(?:(?<default>default)\s|(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)\s{0,4}(?::[^=;]{1,80})?=)(?<made>[^;]{0,120}?)${WHOLE}`,
  'g',
);
/** What a schema makes of the variables has types and defaults of its own, which its reader tells; the list of their names is no such object. */
const OF_SCHEMA =
  /\bObject\.\w+\(|\b(?:safe)?[pP]arse\w*\(|\bcreateEnv\(|\bcleanEnv\(|\bvalidate\w*\(|\bobject\(|=>|\bfunction\b/;
const IMPORT =
  /\bimport\s+(?:(?<default>[A-Za-z_$][\w$]*)\s{0,4},?\s{0,4})?(?:\{(?<named>[^{}]{0,400})\}\s{0,4})?from\s{0,4}["'](?<from>[^"']{1,200})["']/g;

/** The objects of that kind that a file exports, one definition a string. */
export function environmentObjectsIn(file: SourceFile): string[] {
  if (!matchesIn(file, MAY_EXPORT)) return [];
  const { path, text } = file;
  return [...text.matchAll(EXPORTED)].flatMap((match) => {
    if (OF_SCHEMA.test(match.groups?.made ?? '')) return [];
    const environmentObject = match.groups?.name ?? 'default';
    return [JSON.stringify({ environmentObject, module: moduleOf(path) })];
  });
}

const parsed = new WeakMap<readonly string[], EnvironmentObject[]>();

function objectsOf(definitions: readonly string[]): EnvironmentObject[] {
  const known =
    parsed.get(definitions) ??
    [...new Set(definitions)]
      .filter((each) => each.startsWith('{"environmentObject":'))
      .map((each) => JSON.parse(each) as EnvironmentObject);
  parsed.set(definitions, known);
  return known;
}

/** Patterns for what a file reads of such objects that it imports: `environment.KEY`. */
export function environmentObjectReads(definitions: readonly string[], file: SourceFile): ReadPattern[] {
  const objects = objectsOf(definitions);
  // A module's path is made of words.
  const modules = objects.flatMap(({ module }) => module.match(/\w+/g) ?? []);
  if (modules.length === 0 || !mayName(file, modules)) return [];
  const names = [...file.text.matchAll(IMPORT)].flatMap((match) => {
    const module = moduleOf(match.groups?.from ?? '');
    const own = objects.filter((each) => each.module === module).map((each) => each.environmentObject);
    const named = (match.groups?.named ?? '').split(',').flatMap((part) => {
      const [name = '', alias] = part.trim().split(/\s+as\s+/);
      return own.includes(name) ? [alias ?? name] : [];
    });
    return [...(own.includes('default') && match.groups?.default ? [match.groups.default] : []), ...named];
  });
  return [...new Set(names)].map((name) => ({
    pattern: new RegExp(String.raw`(?<![\w$.])${escapePattern(name)}!?\??\.(?<key>[A-Z_]\w*)`, 'g'),
    absent: 'usage',
    capitals: true,
  }));
}

function moduleOf(path: string): string {
  const parts = path.replace(/\.[cm]?[jt]sx?$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return last === 'index' ? (parts.at(-2) ?? last) : last;
}
