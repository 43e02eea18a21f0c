import { endingsOf, isWrittenIn } from '../syntax/languages.ts';
import { matchesIn, sought, soughtTexts } from '../syntax/sought.ts';
import { EVERYWHERE, type Reader, type SourceFile } from './reader.ts';
import { accessesIn, type ConfigRead, type ConfigWrite, findingsOf, type ReadPattern } from './support/config-reads.ts';
import { decisionFindings, mayDecide } from './support/decision-findings.ts';
import { expressionAt, isCapitalKey, partsOf, plainString, propertiesOf } from './support/expression.ts';
import { programDefinitions } from './support/program-definitions.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { pydanticReads } from './support/pydantic-settings.ts';
import { type ProgramText, programText } from './support/source.ts';
import { isTestSetup } from './support/test-case.ts';
import { operandAt } from './support/usage.ts';
import { patternsOf, sharedOf } from './support/wrappers.ts';

/** The standard library under the names that its modules are imported by. */
function standardPatterns(os: string, environ: string, getenv: string): ReadPattern[] {
  return [
    { pattern: new RegExp(String.raw`(?<![\w.])${environ}\[`, 'g'), absent: 'required' },
    { pattern: new RegExp(String.raw`(?<![\w.])${environ}\.get\(`, 'g'), absent: 'usage', defaultArgument: 1 },
    { pattern: new RegExp(String.raw`(?<![\w.])${environ}\.setdefault\(`, 'g'), absent: 'usage', defaultArgument: 1 },
    { pattern: new RegExp(String.raw`(?<![\w.])${getenv}\(`, 'g'), absent: 'usage', defaultArgument: 1 },
    {
      pattern: new RegExp(String.raw`(["'])(?<key>[A-Z_]\w*)\1\s+(?:not\s+)?in\s+${environ}\b(?!\.)`, 'g'),
      absent: 'optional',
    },
    { pattern: new RegExp(String.raw`(?<![\w.])${os}\.putenv\(`, 'g'), absent: 'usage', sets: true },
  ];
}

const TESTING: readonly ReadPattern[] = [{ pattern: /\bmonkeypatch\.setenv\(/g, absent: 'usage', sets: true }];

/** Methods of django-environ's and environs' readers; each takes the key first. */
const CASTS =
  'str|string|bool|boolean|int|integer|float|decimal|json|list|tuple|dict|url|db|db_url|cache|cache_url|email|email_url|search_url|channels|path|bytes|date|datetime|timedelta|time|uuid|enum|log_level|dj_db_url|dj_email_url|dj_cache_url|get_value|unicode|str_multiline|unix_timestamp';

const HINTS = soughtTexts(
  [
    'environ',
    'getenv',
    'env(',
    'env.',
    'envs import',
    'env import',
    'decouple',
    'config(',
    'Settings',
    'setenv',
    'settings.DEBUG',
    '_env',
    'Dynaconf',
    'BACKEND',
    'ENGINE',
    '_STORAGE',
  ],
  'python',
);
/** What tests that others build on set Django to. */
const CHANGES_SETTINGS = sought(/\bsettings\.[A-Z][A-Z0-9_]{2,80}[ \t]{0,4}=|override_settings\(/, 'python');
const READ_BY_VARIABLE = sought(/\b(?:os\.)?(?:environ\[|environ\.get\(|getenv\()\s*([A-Za-z_]\w*)\s*[,)\]]/);

export const python: Reader = {
  name: 'python',
  reads:
    'Python: which environment variables it reads, with which defaults, through `os`, django-environ, environs, decouple and pydantic settings too',
  reach: EVERYWHERE,
  source: true,
  endings: endingsOf('python'),
  matches: (path) => isWrittenIn('python', path) && isProgramOfApplication(path),
  definitions: (file) => programDefinitions(file, 'python', READ_BY_VARIABLE, readsOf),
  read(file: SourceFile, definitions = []) {
    const shared = sharedOf(definitions);
    const wrappers = patternsOf(shared.wrappers, file, true);
    const changes = isTestSetup(file.path) && matchesIn(file, CHANGES_SETTINGS);
    if (wrappers.length === 0 && !changes && !matchesIn(file, HINTS) && !mayDecide(file, definitions))
      return { findings: [] };
    const program = programText(file.path, file.text, 'python', shared.constants);
    const { code } = program;
    const patterns = [
      ...standardFor(code),
      ...TESTING,
      ...environPatterns(program),
      ...decouplePatterns(code),
      ...helperPatterns(code),
      ...wrappers,
    ];
    const access = accessesIn(program, patterns);
    access.reads.push(...pydanticReads(program), ...prefixReads(program));
    access.writes.push(...patchedDictionaries(program));
    if (isTestSetup(file.path)) access.writes.push(...changedSettings(program));
    return {
      findings: [
        ...findingsOf(program, file.path, access),
        ...decisionFindings(program, file.path, access.reads, definitions),
      ],
    };
  },
};

function readsOf(program: ProgramText): ConfigRead[] {
  return accessesIn(program, [
    ...standardFor(program.code),
    ...environPatterns(program),
    ...decouplePatterns(program.code),
  ]).reads;
}

function standardFor(code: string): ReadPattern[] {
  const os = /^[ \t]*import[ \t]+os[ \t]+as[ \t]+(\w+)/m.exec(code)?.[1];
  const from = /^[ \t]*from[ \t]+os[ \t]+import[ \t]+(?:\(([^()]{0,400})\)|([^\n]{1,400}))/m.exec(code);
  const names = (from?.[1] ?? from?.[2] ?? '').split(',').map((name) => name.trim().split(/\s+as\s+/));
  const environ = names.find(([name]) => name === 'environ');
  const getenv = names.find(([name]) => name === 'getenv');
  return [
    ...standardPatterns('os', String.raw`os\.environ`, String.raw`os\.getenv`),
    ...(os ? standardPatterns(os, String.raw`${os}\.environ`, String.raw`${os}\.getenv`) : []),
    ...(environ || getenv
      ? standardPatterns('(?!)', environ?.at(-1) ?? '(?!)', getenv?.at(-1) ?? '(?!)').filter(
          (each) => !each.pattern.source.includes('(?!)'),
        )
      : []),
  ];
}

/** django-environ and environs: `env = Env()`, then `env('X', default=...)` and `env.bool('X')`. */
function environPatterns(program: ProgramText): ReadPattern[] {
  const { code } = program;
  const made = [
    ...code.matchAll(/^[ \t]*(\w+)(?:[ \t]*:[^=\n]{0,60})?[ \t]*=[ \t]*(?:environ\.|environs\.)?(?:FileAware)?Env\(/gm),
  ];
  const imported = /^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\([^()]{0,400}|[^\n]{0,200})\benv\b/m.test(code)
    ? ['env']
    : [];
  const names = [...new Set([...made.map((match) => match[1] ?? 'env'), ...imported])];
  // The second argument of django-environ's `env` is the type, as that of its collections; any other's is the default. django-getenv gives nothing where there is none.
  const isGetenv = /^[ \t]*from[ \t]+getenv[ \t]+import\b/m.test(code);
  const positional = isGetenv || /\benvirons\b/.test(code);
  return names.flatMap((name): ReadPattern[] => [
    ...made
      .filter((match) => match[1] === name)
      .flatMap((match) => schemeDefaults(program, name, match.index + match[0].length - 1)),
    {
      pattern: new RegExp(
        String.raw`(?<![\w.])(?:self\.|settings\.)?${name}(?:\.(?:list|tuple|dict|get_value))?\(`,
        'g',
      ),
      absent: isGetenv ? 'optional' : 'required',
      capitals: true,
      ...(positional ? { defaultArgument: 1 } : {}),
    },
    {
      pattern: new RegExp(
        String.raw`(?<![\w.])(?:self\.|settings\.)?${name}\.(?!(?:list|tuple|dict|get_value)\()(?:${CASTS})\(`,
        'g',
      ),
      absent: isGetenv ? 'optional' : 'required',
      capitals: true,
      defaultArgument: 1,
    },
  ]);
}

/** `Env(DEBUG=(bool, False))`: the default of a key that is read elsewhere without one. */
function schemeDefaults(program: ProgramText, name: string, open: number): ReadPattern[] {
  return propertiesOf(program, open).flatMap((property): ReadPattern[] => {
    const tuple = program.code.indexOf('(', property.start);
    const second = tuple !== -1 && tuple < property.end ? partsOf(program, tuple)?.[1] : undefined;
    if (!isCapitalKey(property.key) || !second) return [];
    const fallback = expressionAt(program, second);
    const pattern = new RegExp(String.raw`(?<![\w.])${name}(?:\.\w{1,20})?\((?=\s{0,20}["']${property.key}["'])`, 'g');
    return [{ pattern, absent: 'required', capitals: true, fallback }];
  });
}

/** python-decouple and Starlette: `config('X', default=..., cast=...)`. */
function decouplePatterns(code: string): ReadPattern[] {
  const decouple = /^[ \t]*from[ \t]+decouple[ \t]+import[ \t]+[^\n]{0,200}?\bconfig\b(?:[ \t]+as[ \t]+(\w+))?/m.exec(
    code,
  );
  const made = /^[ \t]*(\w+)[ \t]*=[ \t]*(?:decouple\.)?(?:Auto)?Config\(/m.exec(code);
  const starlette = /\bstarlette\.config\b/.test(code);
  const known = decouple || starlette || /\bdecouple\b/.test(code);
  const names = [...(decouple ? [decouple[1] ?? 'config'] : []), ...(made?.[1] && known ? [made[1]] : [])];
  return names.map((name) => ({
    pattern: new RegExp(String.raw`(?<![\w.])${name}\(`, 'g'),
    absent: 'required',
    capitals: true,
    ...(starlette ? {} : { defaultArgument: 1 }),
  }));
}

/** What a package's own readers of variables are called, where a module imports them: `get_bool`, `env_str`, `get_env_variable`. */
const HELPER =
  /^(?:(?:get|env|read)_)(?:bool|boolean|str|string|int|integer|float|list|delimited_list|list_literal|dict|json|any|key|env|environ|env_var|env_variable|variable|setting|secret)$/;

/** Helpers that a package hands out, which take the key first or as `name`: `from mitol.common.envs import get_bool`. */
function helperPatterns(code: string): ReadPattern[] {
  const imports = code.matchAll(
    /^[ \t]*from[ \t]+([\w.]{1,120})[ \t]+import[ \t]+(?:\(([^()]{0,1200})\)|([^\n(]{1,400}))/gm,
  );
  const names = [...imports].flatMap(([, module = '', listed, inline]) =>
    /(?:^|[._])(?:envs?|environ\w*|env_?utils?|envparse)$/.test(module)
      ? (listed ?? inline ?? '')
          .split(',')
          .map(
            (name) =>
              name
                .trim()
                .split(/\s+as\s+/)
                .at(-1) ?? '',
          )
          .filter((name) => HELPER.test(name))
      : [],
  );
  return [...new Set(names)].map((name) => ({
    pattern: new RegExp(String.raw`(?<![\w.])${name}\(`, 'g'),
    absent: 'optional',
    capitals: true,
    defaultArgument: 1,
    ...(/bool/.test(name) ? { type: 'boolean' as const } : {}),
  }));
}

/** Dynaconf's `envvar_prefix="SHOP"`, Flask's `from_prefixed_env("SHOP")`: any variable that begins so. `from_envvar` names a file. */
function prefixReads(program: ProgramText): ConfigRead[] {
  const { text } = program;
  const calls = /\bfrom_prefixed_env\(|\b(?:Dynaconf|LazySettings|FlaskDynaconf)\(|\bfrom_envvar\(/g;
  return [...text.matchAll(calls)].flatMap((match): ConfigRead[] => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    if (close === undefined || !program.isCode(match.index)) return [];
    const span = { start: match.index, end: close + 1 };
    const given = propertiesOf(program, open).find(({ key }) =>
      /^(?:prefix|(?:envvar|ENVVAR)_prefix|ENVVAR_PREFIX)$/.test(key),
    );
    const first = partsOf(program, open)?.[0];
    const written = given ? plainString(program, given) : first ? plainString(program, first) : undefined;
    if (match[0] === 'from_envvar(') return written === undefined ? [] : [{ key: written, span, read: 'required' }];
    const usual = match[0].startsWith('from_prefixed') ? 'FLASK' : 'DYNACONF';
    const prefix = given || (first && match[0].startsWith('from_')) ? written : usual;
    return prefix && /^[A-Z]\w{1,60}$/.test(prefix)
      ? [{ key: `${prefix.replace(/_$/, '')}_*`, span, read: 'optional' }]
      : [];
  });
}

/** `settings.EMAIL_BACKEND = "..."` of pytest-django's fixture, `@override_settings(EMAIL_BACKEND="...")`: what tests set Django to. */
function changedSettings(program: ProgramText): ConfigWrite[] {
  const assigned = [...program.code.matchAll(/^[ \t]{1,40}settings\.([A-Z][A-Z0-9_]{2,80})[ \t]{0,4}=(?!=)/gm)].map(
    (match): ConfigWrite => {
      const end = match.index + match[0].length;
      const offset = match.index + match[0].indexOf('settings');
      return { key: match[1] ?? '', offset, value: expressionAt(program, operandAt(program, end)) };
    },
  );
  const given = [...program.code.matchAll(/\b(?:override_settings|modify_settings|self\.settings)\(/g)].flatMap(
    (match) =>
      propertiesOf(program, match.index + match[0].length - 1)
        .filter((property) => isCapitalKey(property.key))
        .map(
          (property): ConfigWrite => ({
            key: property.key,
            offset: property.offset,
            value: expressionAt(program, property),
          }),
        ),
  );
  return [...assigned, ...given];
}

/** `patch.dict(os.environ, {'X': 'y'})` of a test. */
function patchedDictionaries(program: ProgramText): ConfigWrite[] {
  return [...program.text.matchAll(/\bpatch\.dict\(\s{0,40}["']?os\.environ["']?\s{0,40},\s{0,40}\{/g)].flatMap(
    (match) => {
      if (!program.isCode(match.index)) return [];
      return propertiesOf(program, match.index + match[0].length - 1).map((property) => ({
        key: property.key,
        offset: property.offset,
        value: expressionAt(program, property),
      }));
    },
  );
}
