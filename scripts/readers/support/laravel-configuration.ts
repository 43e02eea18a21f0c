import type { ConfigWrite } from './config-reads.ts';
import type { Branch } from './environment-branches.ts';
import { expressionAt, looksLikeSetting, partsOf, plainString, trimmed } from './expression.ts';
import type { ProgramText } from './source.ts';

const KEY = 'APP_ENV';
/** `app()->environment(...)`, `App::environment(...)`, `$this->app->environment(...)`. */
const ASKED =
  /(?:\bapp\(\)|\$(?:this->)?app|\bApp::|\$this->(?:laravel|getLaravel\(\))|\$application)(?:->)?environment\(/g;
const PREDICATE = /(?:\bapp\(\)|\$(?:this->)?app|\bApp::)(?:->)?is(?<name>Production|Local)\(/g;
const IN_TESTS = /(?:\bapp\(\)|\$(?:this->)?app|\bApp::)(?:->)?runningUnitTests\(/g;
/** The setting that holds the environment's name. */
const SETTING = /(?:(?<![\w>$:])config\(|\bConfig::get\()\s*["']app\.env["']\s*(?:,[^()\n]{0,60})?\)/g;

/** How Laravel asks for the environment's name. */
export function laravelBranches(program: ProgramText): Branch[] {
  const { code, text } = program;
  const negated = (offset: number) => /!\s{0,4}\(?\s{0,4}\\?$/.test(code.slice(Math.max(0, offset - 8), offset));
  const asked = [...code.matchAll(ASKED)].flatMap((match): Branch[] => {
    const open = match.index + match[0].length - 1;
    const parts = partsOf(program, open) ?? [];
    const first = parts[0];
    const offset = match.index;
    if (!first || first.start === first.end) return compared(program, offset, (program.partner(open) ?? open) + 1);
    const listed = /^\s*\[/.exec(code.slice(first.start, first.end));
    const spans = listed ? (partsOf(program, first.start + listed[0].length - 1) ?? []) : parts;
    const names = spans.flatMap((span) => {
      const value = expressionAt(program, span);
      return value.kind === 'literal' ? [value.value] : [];
    });
    return names.length === 0 ? [] : [{ key: KEY, value: inWords(names, negated(offset)), offset, folded: true }];
  });
  const predicates = [...code.matchAll(PREDICATE)].map((match) => ({
    key: KEY,
    value: inWords([(match.groups?.name ?? '').toLowerCase()], negated(match.index)),
    offset: match.index,
    folded: true as const,
  }));
  const tests = [...code.matchAll(IN_TESTS)].map((match) => ({
    key: KEY,
    value: inWords(['testing'], negated(match.index)),
    offset: match.index,
    folded: true as const,
  }));
  const settings = [...text.matchAll(SETTING)].flatMap((match) =>
    program.isCode(match.index) ? compared(program, match.index, match.index + match[0].length) : [],
  );
  const directives = [
    ...text.matchAll(/@(?:env\(\s*\[?(?<names>[^()[\]\n]{1,120})\]?\s*\)|(?<production>production)\b)/g),
  ].flatMap((match): Branch[] => {
    const names = match.groups?.production ? ['production'] : ((match.groups?.names ?? '').match(/[\w-]+/g) ?? []);
    return program.isCode(match.index) && names.length > 0
      ? [{ key: KEY, value: inWords(names, false), offset: match.index }]
      : [];
  });
  return [...asked, ...predicates, ...tests, ...settings, ...directives];
}

function inWords(names: readonly string[], negated: boolean): string {
  if (names.length === 1) return `${negated ? '!=' : '=='} ${names[0]}`;
  return `${negated ? 'not ' : ''}in ${names.join(',')}`;
}

function compared(program: ProgramText, offset: number, end: number): Branch[] {
  const after = /^\s*(?<operator>[!=]==?)\s*["'](?<name>[\w-]{1,60})["']/.exec(
    program.text.slice(end, end + 100),
  )?.groups;
  if (after) return [{ key: KEY, value: `${after.operator} ${after.name}`, offset }];
  const rest = /^\s*,\s*\[(?<names>[^[\]\n]{1,200})\]/.exec(program.text.slice(end, end + 240))?.groups?.names;
  const before = program.code.slice(Math.max(0, offset - 30), offset);
  if (rest && /\bin_array\(\s*$/.test(before))
    return [{ key: KEY, value: inWords(rest.match(/[\w-]+/g) ?? [], /!\s*in_array\(\s*$/.test(before)), offset }];
  return /\b(?:switch|match)\s*\(\s*$/.test(before) ? [{ key: KEY, value: 'switch', offset }] : [];
}

/** `putenv('APP_ENV=testing')`, `config(['mail.default' => 'array'])`. */
export function laravelWrites(program: ProgramText): ConfigWrite[] {
  const put = [
    ...program.text.matchAll(
      /\bputenv\(\s{0,10}(["'])(?<key>[A-Za-z_]\w{0,119})=(?<value>[^"'\n]{0,300})\1(?<more>\s*\.)?/g,
    ),
  ].flatMap((match): ConfigWrite[] => {
    const { key = '', value = '', more } = match.groups ?? {};
    const offset = match.index;
    if (!program.isCode(offset)) return [];
    return [
      {
        key,
        offset,
        value: more || /[${]/.test(value) ? { kind: 'computed', offset } : { kind: 'literal', value, offset },
      },
    ];
  });
  const set = [...program.code.matchAll(/(?<![\w>:$])(?:config\(|config\(\)->set\(|Config::set\()\s{0,10}\[/g)].flatMap(
    (match): ConfigWrite[] =>
      (partsOf(program, match.index + match[0].length - 1) ?? []).flatMap((part): ConfigWrite[] => {
        const arrow = program.code.indexOf('=>', part.start);
        const key =
          arrow === -1 || arrow > part.end ? undefined : plainString(program, { start: part.start, end: arrow });
        if (key === undefined || !looksLikeSetting(key)) return [];
        return [
          {
            key,
            offset: trimmed(program, part).start,
            value: expressionAt(program, { start: arrow + 2, end: part.end }),
          },
        ];
      }),
  );
  return [...put, ...set];
}

/** A Blade template's braces and directives; everything else is blank. */
export function bladeDirectives(text: string): string {
  const code =
    /@php\b(?!\s*\()[\s\S]{0,5000}?@endphp|\{\{--[\s\S]{0,5000}?--\}\}|\{\{(?!--)[^\n]{0,400}?\}\}|\{!![^\n]{0,400}?!!\}|@(?:production\b|[a-z]\w{1,30}\s?\([^\n]{0,400})/g;
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(code)) {
    const shown = match[0].startsWith('{{--') ? match[0].replace(/[^\r\n]/g, ' ') : match[0];
    parts.push(text.slice(at, match.index).replace(/[^\r\n]/g, ' '), shown);
    at = match.index + match[0].length;
  }
  return parts.join('') + text.slice(at).replace(/[^\r\n]/g, ' ');
}
