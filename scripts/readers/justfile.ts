import { basename, dirname } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { type Finding, MACHINES, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type Recipe, recipeFindings } from './support/recipe-findings.ts';
import { isVersion, subjectOfVersionKey } from './support/version-key.ts';

const RECIPE = /^@?([A-Za-z_][\w-]*)(?:\s[^:]*)?:(?!=)/;
const VARIABLE = /^(export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*?)\s*$/;
const DOTENV = /^set\s+dotenv-(?:filename|path)\s*:=\s*["']([^"']+)["']|^set\s+(dotenv-load)(?:\s*:=\s*true)?\s*$/;
const MAX_LINES = 20_000;

export const justfile: Reader = {
  name: 'justfile',
  reads: 'justfiles: what recipes run and set, exported variables, versions of tools, the env file that is loaded',
  reach: MACHINES,
  matches: (path) =>
    (/^\.?[Jj]ustfile$/.test(basename(path)) || path.endsWith('.just')) && isProgramOfApplication(path),
  read(file) {
    const all = splitLines(file.text);
    const lines = all.slice(0, MAX_LINES);
    const folder = dirname(file.path).replace(/^\.$/, '');
    return {
      findings: [
        ...recipesOf(lines).flatMap((recipe) => recipeFindings({ ...recipe, folder })),
        ...lines.flatMap((text, index) => settingFindings(text, index + 1, folder)),
      ],
      ...(all.length > MAX_LINES ? { broken: [`the lines after ${MAX_LINES} are left out`] } : {}),
    };
  },
};

/** Each recipe's lines as one text; `@` and `-` before a command are just's own. */
function recipesOf(lines: readonly string[]): Recipe[] {
  const recipes: Recipe[] = [];
  let own: Recipe | undefined;
  for (const [index, text] of lines.entries()) {
    const found = RECIPE.exec(text)?.[1];
    if (found !== undefined) {
      own = { target: found, text: '', line: index + 2 };
      recipes.push(own);
    } else if (own && (/^\s/.test(text) || text.trim() === '')) {
      own.text += `${text.replace(/^(\s+)[@-]+/, '$1')}\n`;
    } else own = undefined;
  }
  return recipes;
}

function settingFindings(text: string, line: number, folder: string): Finding[] {
  const place = { environment: 'shared', line };
  const [, file, load] = DOTENV.exec(text) ?? [];
  const path = file ?? (load === undefined ? undefined : '.env');
  if (path !== undefined) {
    const value = folder === '' || path.startsWith('/') ? path : `${folder}/${path}`;
    return [findingAt(place, { surface: 'operations', subject: 'env-file', attribute: 'env-file', value })];
  }
  const [, exported, key = '', written = ''] = VARIABLE.exec(text) ?? [];
  const literal = /^(["'])([^"'{}]*)\1$/.exec(written)?.[2];
  const subject =
    literal !== undefined && isVersion(literal) ? subjectOfVersionKey(key.replaceAll('-', '_')) : undefined;
  return [
    ...(subject && literal !== undefined
      ? [findingAt(place, { ...subject, attribute: 'version', value: literal })]
      : []),
    ...(exported !== undefined && /^[A-Z][A-Z0-9_]*$/.test(key) ? configFindings(key, literal ?? null, place) : []),
  ];
}
