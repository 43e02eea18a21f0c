import { classOf } from '../../environments/names.ts';
import { wordsOf } from '../../services/topic.ts';
import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import type { ConfigRead } from './config-reads.ts';
import { type Branch, comparedKeys, comparison, decisionsIn, ENVIRONMENT_KEY } from './environment-branches.ts';
import type { EnvironmentDefinition, EnvironmentNames } from './environment-names.ts';
import { goEnvironmentAnswers } from './go-environment-types.ts';
import { rubyHolders } from './ruby-holders.ts';
import type { ProgramText } from './source.ts';

const NONE: EnvironmentNames = { answers: new Map(), holders: new Map(), settings: new Map() };

/** What may define a name for an environment: the environment is read or compared somewhere. */
const HINT = sought(
  /(?:ENV|ENVIRONMENT|STAGE|NAMESPACE|MODE|DEV|PROD)["'\])\s]{0,4}|Rails\.env|\benv(?:ironment)?\s{0,4}[!=]==?|\.Is(?:Development|Production|Staging|Environment)\(|environment\(|config_env|activeProfiles|ActiveProfiles|\benv(?:ironment)?\.\w+\(\w+\.|[!=]=\s{0,4}["'](?:prod|production|local|dev)["']/,
);

const TYPED =
  /\b[Bb]ool(?:ean)?\??\s{1,4}(\w+)(?:\([^()]{0,80}\))?\s{0,40}(?:=>|\{\s{0,40}(?:get\s{0,4}(?:=>|\{))?)\s{0,80}(?:return\s{1,4})?\(?!?\(?$/;

/** How each language begins a function whose first expression stands right behind the match. */
const FUNCTION: { [language: string]: RegExp } = {
  javascript:
    /(?:\bfunction\s{1,4}([\w$]+)\s{0,4}|\b(?:const|let|var)\s{1,4}([\w$]+)\s{0,4}(?::[^=\n]{0,40})?=\s{0,4}(?:async\s{1,4})?|(?:^|[\s,{])(?:get\s{1,4})?([\w$]+)\s{0,4}(?::\s{0,4})?)\([^()]{0,80}\)\s{0,4}(?::\s{0,4}\w+\s{0,4})?(?:=>\s{0,20})?\{?\s{0,80}(?:return\s{1,4})?\(?!?\(?$/,
  python:
    /\bdef\s{1,4}(\w+)\([^()]{0,80}\)\s{0,4}(?:->\s{0,4}\w+\s{0,4})?:\s{0,80}(?:"""\s{0,400}"""\s{0,80})?(?:return\s{1,4})?(?:not\s{1,4})?\(?$/,
  go: /\bfunc\s{1,4}(?:\([^()]{0,80}\)\s{0,4})?(\w+)\([^()]{0,80}\)\s{0,4}bool\s{0,4}\{\s{0,80}(?:return\s{1,4})?\(?!?\(?$/,
  java: TYPED,
  csharp: TYPED,
  kotlin:
    /\b(?:fun\s{1,4}(?:\w{1,60}\.)?(\w+)\([^()]{0,80}\)|val\s{1,4}(\w+)(?:\s{0,4}:\s{0,4}Boolean)?\s{1,40}get\(\))\s{0,4}(?::\s{0,4}Boolean\s{0,4})?(?:=|\{)\s{0,80}(?:return\s{1,4})?\(?!?\(?$/,
  php: /\bfunction\s{1,4}(\w+)\([^()]{0,80}\)\s{0,40}(?::\s{0,4}\??bool\s{0,40})?\{\s{0,80}(?:return\s{1,4})?\(?!?\(?$/,
  rust: /\bfn\s{1,4}(\w+)\([^()]{0,80}\)\s{0,4}->\s{0,4}bool\s{0,4}\{\s{0,80}\(?!?\(?$/,
  elixir: /\bdefp?\s{1,4}(\w+\??)(?:\([^()]{0,80}\))?(?:\s{1,4}do\s|,\s{0,40}do:)\s{0,80}\(?$/,
  ruby: /\bdef\s{1,4}(?:self\.)?(\w+\??)(?:\(\))?\s{1,80}(?:return\s{1,4})?\(?!?\(?$/,
};
/** How languages without imports of single names begin what gives the environment's name to others, up to the read of it. */
const GIVES: { [language: string]: RegExp } = {
  go: /\bfunc\s{1,4}(?:\([^()]{0,80}\)\s{0,4})?(\w+)\([^()]{0,80}\)\s{0,4}\w{1,40}\s{0,4}\{\s{0,80}return\s{1,4}$|(?:^|\n)(?:var\s{1,4}|[ \t]{1,4})?(\w+)(?:\s{1,20}string)?\s{0,20}=\s{0,4}$/,
  java: /\bString\s{1,4}(\w+)(?:\(\)\s{0,40}\{\s{0,80}return|\s{0,4}=)\s{0,4}$/,
  csharp:
    /\bstring\??\s{1,4}(\w+)(?:\(\))?\s{0,40}(?:=>|=|\{\s{0,80}(?:get\s{0,4}(?:=>|\{\s{0,80}))?(?:return)?)\s{0,40}$/,
  kotlin:
    /\b(?:fun\s{1,4}(\w+)\(\)|val\s{1,4}(\w+))\s{0,4}(?::\s{0,4}String\??\s{0,4})?\s{0,40}(?:get\(\)\s{0,4})?(?:=|\{\s{0,80}return)\s{0,40}$/,
  php: /\bfunction\s{1,4}(\w+)\(\)\s{0,40}(?::\s{0,4}\??string\s{0,40})?\{\s{0,80}return\s{1,4}$/,
  rust: /\bfn\s{1,4}(\w+)\(\)\s{0,4}->[^{;]{1,60}\{\s{0,80}$/,
};
/** `isProd: comparison` of an object. */
const PROPERTY = /(?:^|[\s,{])["']?([A-Za-z_$][\w$]*)["']?\s{0,4}(?::[^=:\n]{0,30})?[:=]\s{0,40}\(?!?\(?$/;

/** Names that a file gives to questions about the environment, as definitions. `reads` is asked only where the text may have one; `more`: branches that no comparison tells. */
export function environmentDefinitionsIn(
  file: Searched,
  program: () => ProgramText,
  readsOf: (program: ProgramText) => readonly ConfigRead[],
  moreOf: (program: ProgramText, reads: readonly ConfigRead[]) => readonly Branch[] = () => [],
): string[] {
  if (!matchesIn(file, HINT)) return [];
  const own = program();
  const reads = readsOf(own);
  const definitions: EnvironmentDefinition[] = [
    ...(own.language === 'go' ? goEnvironmentAnswers(own) : []),
    ...settings(own, reads),
    ...[...comparedKeys(own, reads)].map((key) => ({ environment: 'setting', name: key, key }) as const),
  ];
  for (const { key, value, offset } of decisionsIn(own, reads, NONE, moreOf(own, reads)).branches) {
    if (value === 'switch') continue;
    const found = definedAt(own, offset);
    if (!found || !namesAnEnvironment(found.name)) continue;
    const container = own.language === 'ruby' ? containerAt(own, offset) : undefined;
    if (own.language === 'ruby' && (!container || !found.called)) continue;
    const folded = /^[!=]= \w+$/.test(value) && own.code.startsWith('Rails', offset);
    const negated = found.negated && !folded;
    definitions.push({
      environment: 'answer',
      name: container ? `${container}.${found.name}` : found.name,
      key,
      value: negated ? `not (${value})` : value,
    });
  }
  for (const { key, span } of reads) {
    if (!ENVIRONMENT_KEY.test(key)) continue;
    const given = givenAt(own, span.start);
    if (given !== undefined && comparison(own, span) === undefined)
      definitions.push({ environment: 'holder', name: given, key });
    const found = definedAt(own, span.start);
    const answers = /^[^;\n]{0,60}?(?:[!=]==?|\bin\b)/.test(own.code.slice(span.end, span.end + 80));
    const holds = found?.called || (found && isExported(own, span.start, found.name));
    if (own.language !== 'ruby' && found && holds && !answers && !found.negated)
      definitions.push({ environment: 'holder', name: found.name, key });
  }
  for (const [name, key] of rubyHolders(
    own,
    reads.filter((read) => ENVIRONMENT_KEY.test(read.key)),
  )) {
    const container = containerAt(own, own.code.indexOf(name));
    if (container) definitions.push({ environment: 'holder', name: `${container}.${name}`, key });
  }
  return [...new Set(definitions.map((each) => JSON.stringify(each)))];
}

/** `namespace: { env: 'NAMESPACE' }`: a schema that names the key of a setting. */
function settings(program: ProgramText, reads: readonly ConfigRead[]): EnvironmentDefinition[] {
  if (program.language !== 'javascript') return [];
  return reads.flatMap(({ key, span }): EnvironmentDefinition[] => {
    const open = program.enclosing(span.start);
    if (open === undefined || program.code[open] !== '{') return [];
    if (!/\benv\s{0,4}:\s{0,4}["']?$/.test(program.code.slice(Math.max(0, span.start - 20), span.start))) return [];
    const name = /([A-Za-z_$][\w$]*)["']?\s{0,4}:\s{0,4}$/.exec(program.code.slice(Math.max(0, open - 80), open))?.[1];
    return name && name !== key ? [{ environment: 'setting', name, key }] : [];
  });
}

interface Defined {
  name: string;
  called: boolean;
  negated: boolean;
}

function definedAt(program: ProgramText, offset: number): Defined | undefined {
  // The name may stand before what it is compared with: `"production".equals(env)`.
  const before = program.code
    .slice(Math.max(0, offset - 260), offset)
    .replace(/(["'])\s{0,40}\1(?:\.[eE]quals(?:IgnoreCase)?\(|\s{0,4}[!=]==?)\s{0,4}$/, '');
  const negated = /!\(?$|\bnot\s{1,4}\(?$/.test(before);
  const named = FUNCTION[program.language]?.exec(before);
  const name = named?.[1] ?? named?.[2] ?? named?.[3];
  if (name && !/^(?:if|while|switch|return|for|catch)$/.test(name)) return { name, called: true, negated };
  const property = PROPERTY.exec(before)?.[1];
  return property ? { name: property, called: false, negated } : undefined;
}

/** What gives the name at an offset to other files; a lone `env` is everybody's word. */
function givenAt(program: ProgramText, offset: number): string | undefined {
  const found = GIVES[program.language]?.exec(program.code.slice(Math.max(0, offset - 260), offset));
  const name = found?.[1] ?? found?.[2] ?? '';
  const inFunction =
    program.language === 'go' && found?.[2] && /\{/.test(program.code[program.enclosing(offset) ?? -1] ?? '');
  return !inFunction && /(?:env|environment|stage)$/i.test(name) && wordsOf(name).length > 1 ? name : undefined;
}

/** `export const nodeEnv = read('NODE_ENV')`: a constant that other files import, by a name that can be nothing else. */
function isExported(program: ProgramText, offset: number, name: string): boolean {
  const before = program.code.slice(Math.max(0, offset - 160), offset);
  return (
    /(?:env|environment|stage)$/i.test(name) &&
    new RegExp(`\\bexport\\s{1,4}const\\s{1,4}${name.replaceAll('$', '\\$')}\\b[^;\\n]{0,80}$`).test(before)
  );
}

/** Whether a name asks for an environment: only such names are told apart from all others in other files. */
function namesAnEnvironment(name: string): boolean {
  const words = wordsOf(name);
  return words.length <= 5 && words.some((word) => classOf(word) !== undefined || /^(?:deployed|hosted)$/.test(word));
}

function containerAt(program: ProgramText, offset: number): string | undefined {
  const before = program.code.slice(Math.max(0, offset - 4000), offset);
  return [...before.matchAll(/^[ \t]*(?:class|module)\s+([A-Z][\w:]*)/gm)].at(-1)?.[1];
}
