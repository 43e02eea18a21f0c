import { endingsOf, isWrittenIn } from '../syntax/languages.ts';
import { matchesIn, sought, soughtTexts } from '../syntax/sought.ts';
import { EVERYWHERE, type Reader, type SourceFile } from './reader.ts';
import { accessesIn, type ConfigRead, findingsOf, type ReadPattern } from './support/config-reads.ts';
import { decisionFindings, mayDecide } from './support/decision-findings.ts';
import { environmentObjectReads, environmentObjectsIn } from './support/environment-objects.ts';
import { expressionAt, isCapitalKey, propertiesOf } from './support/expression.ts';
import { schemaReads } from './support/javascript-schemas.ts';
import { programDefinitions } from './support/program-definitions.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText } from './support/source.ts';
import { patternsOf, sharedOf } from './support/wrappers.ts';

/** The objects that hold the environment; `__ENV` is k6's, and what servers hand to their pages. */
const HOLDER = String.raw`(?:process\??\.env|import\.meta\??\.env|Bun\.env|__ENV(?:__)?)`;

const PATTERNS: readonly ReadPattern[] = [
  { pattern: new RegExp(String.raw`\b${HOLDER}(?:!|\?)?\s{0,40}\.\s{0,40}(?<key>[A-Za-z_]\w*)`, 'g'), absent: 'usage' },
  { pattern: new RegExp(String.raw`\b${HOLDER}!?(?:\?\.)?\[`, 'g'), absent: 'usage' },
  { pattern: new RegExp(String.raw`(["'])(?<key>[A-Z_]\w*)\1\s+in\s+${HOLDER}`, 'g'), absent: 'optional' },
  { pattern: /\bDeno\.env\.get\(/g, absent: 'usage' },
  {
    pattern: /\b\w*[cC]onfig(?:Service)?\s*\.\s*get(?:<[^<>()]{0,60}>)?\(/g,
    absent: 'usage',
    capitals: true,
    defaultArgument: 1,
  },
  {
    pattern: /\b\w*[cC]onfig(?:Service)?\s*\.\s*getOrThrow(?:<[^<>()]{0,60}>)?\(/g,
    absent: 'required',
    capitals: true,
  },
  // Cypress takes its own variables from those with its prefix.
  { pattern: /\bCypress\.env\(/g, absent: 'usage', capitals: true, prefix: 'CYPRESS_' },
  { pattern: /\b(?:vi\.stubEnv|Deno\.env\.set)\(/g, absent: 'usage', sets: true },
];

/** Without one of these a file reads no configuration, unless through another file's function. */
const HINTS = soughtTexts(
  [
    'process.env',
    'process?.env',
    'loadEnv(',
    'meta.env',
    'meta?.env',
    'Bun.env',
    '__ENV',
    'Deno.env',
    'Cypress.env(',
    'onfig.get',
    'onfigService',
    'Env(',
    '.object(',
    '.keys(',
    'convict',
    '$env/',
    'stubEnv',
    'env-var',
    "process'",
    'process"',
  ],
  'javascript',
);

const READ_BY_VARIABLE = sought(
  new RegExp(
    String.raw`(?:\b${HOLDER}|(?<![\w$.])env)!?(?:\?\.)?\[\s*([A-Za-z_$][\w$]*)!?(?:\s+as\s+[\w.]{1,40})?\s*\]|\bDeno\.env\.get\(\s*([A-Za-z_$][\w$]*)\s*\)`,
  ),
);

/** node-config, convict and Nest read settings by their path: `config.get('mail.host')`. */
const SETTINGS: ReadPattern = {
  pattern:
    /(?<![\w$])(?:this\.)?\w*[cC]onfig(?:Service)?\s*\.\s*(?:get|getOrThrow|has)(?:<[^<>()]{0,60}>)?\((?=\s{0,10}["'][a-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,6}["'])/g,
  absent: 'usage',
  setting: true,
  defaultArgument: 1,
};
const SETTINGS_LIBRARY =
  /\bConfigService\b|\bconvict\b|(?:\bfrom\s|\brequire\(|\bimport\s)\s{0,4}["'](?:config|nconf|convict)["']/;

function settingPatterns(text: string): ReadPattern[] {
  return SETTINGS_LIBRARY.test(text) ? [SETTINGS] : [];
}

export const javascript: Reader = {
  name: 'javascript',
  reads:
    'JavaScript and TypeScript, also in Vue, Svelte and Astro components: which environment variables they read, with which defaults',
  reach: EVERYWHERE,
  source: true,
  endings: endingsOf('javascript'),
  matches: (path) => isWrittenIn('javascript', path) && isProgramOfApplication(path),
  definitions: (file) => [
    ...programDefinitions(file, 'javascript', READ_BY_VARIABLE, readsOf),
    ...environmentObjectsIn(file),
  ],
  read(file: SourceFile, definitions = []) {
    const shared = sharedOf(definitions);
    const wrappers = [...patternsOf(shared.wrappers, file), ...environmentObjectReads(definitions, file)];
    if (wrappers.length === 0 && !matchesIn(file, HINTS) && !mayDecide(file, definitions)) return { findings: [] };
    const program = programText(file.path, file.text, 'javascript', shared.constants);
    const access = accessesIn(program, [
      ...PATTERNS,
      ...settingPatterns(program.text),
      ...aliases(program),
      ...wrappers,
    ]);
    access.reads.push(...destructured(program), ...schemaReads(program));
    return {
      findings: [
        ...findingsOf(program, file.path, access),
        ...decisionFindings(program, file.path, access.reads, definitions),
      ],
    };
  },
};

/** A project's own function that is asked for the environment's name, wherever it is defined: `env('NODE_ENV')`. */
const ASKED_FOR_NAME: ReadPattern = {
  pattern: /(?<![\w$.])\w{0,40}[eE]nv\w{0,40}\((?=\s{0,10}["'](?:[A-Z]{1,40}_){0,3}(?:ENV|ENVIRONMENT|STAGE)["'])/g,
  absent: 'usage',
  capitals: true,
};

function readsOf(program: ProgramText): ConfigRead[] {
  return [...accessesIn(program, [...PATTERNS, ASKED_FOR_NAME, ...aliases(program)]).reads, ...schemaReads(program)];
}

/** `const env = process.env`, `import { env } from 'node:process'`: further names of the same object. */
function aliases(program: ProgramText): ReadPattern[] {
  const assigned = new RegExp(
    String.raw`\b(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)\s*(?::[^=\n]{1,80})?=\s*\(?\s*(?:${HOLDER}\b(?!\s*(?:!?\.|!?\[|\?\.))|loadEnv\(|\{\s*\.\.\.${HOLDER}\b)`,
    'g',
  );
  const imported =
    /\bimport\s*\{[^{}]{0,200}?\benv\b(?:\s+as\s+(?<name>\w+))?[^{}]{0,200}\}\s*from\s*["'](?:(?:node:)?process|\$env\/dynamic\/(?:private|public))["']/g;
  const names = [...program.text.matchAll(assigned), ...program.text.matchAll(imported)]
    .filter((match) => program.isCode(match.index))
    .map((match) => match.groups?.name ?? 'env');
  return [...new Set(names)].map((name) => ({
    pattern: new RegExp(String.raw`(?<![\w$.])${name.replaceAll('$', '\\$')}!?\??\.(?<key>[A-Z_]\w*)`, 'g'),
    absent: 'usage',
    capitals: true,
  }));
}

/** `const { A, B = 'x', C: renamed } = process.env`, `import { A } from '$env/static/private'`. */
function destructured(program: ProgramText): ConfigRead[] {
  const pattern = new RegExp(
    String.raw`\}\s*(?::[^=;{}]{1,80})?(?:=\s*${HOLDER}\b(?!\s*[.[?])|from\s*["']\$env\/static\/(?:private|public)["'])`,
    'g',
  );
  return [...program.text.matchAll(pattern)].flatMap((match) => {
    const open = program.isCode(match.index) ? program.partner(match.index) : undefined;
    return open === undefined ? [] : bindings(program, open);
  });
}

function bindings(program: ProgramText, open: number): ConfigRead[] {
  return propertiesOf(program, open).flatMap((property): ConfigRead[] => {
    if (!isCapitalKey(property.key)) return [];
    const span = { start: property.offset, end: property.offset + property.key.length };
    const whole = program.code.slice(property.offset, property.end);
    const equals = whole.indexOf('=');
    if (equals === -1) return [{ key: property.key, span, read: 'required', assumed: true }];
    const given = expressionAt(program, { start: property.offset + equals + 1, end: property.end });
    return [{ key: property.key, span, read: 'defaulted', default: given }];
  });
}
