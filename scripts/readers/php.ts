import type { Reader, SourceFile } from './reader.ts';
import type { ReadPattern } from './support/config-reads.ts';
import { bladeDirectives, laravelBranches, laravelWrites } from './support/laravel-configuration.ts';
import { programReader } from './support/program-reader.ts';

/** What a web server tells of a request in the same array. */
const REQUEST =
  /^(?:HTTP|HTTPS|REQUEST|SERVER|REMOTE|SCRIPT|QUERY|DOCUMENT|PHP|PATH|CONTENT|GATEWAY|AUTH|REDIRECT|ORIG|UNIQUE|CONTEXT|FCGI|LOCAL|SSL|argv$|argc$|PATHINFO$)(?:_|$)|^arg[vc]$/;

const PATTERNS: readonly ReadPattern[] = [
  { pattern: /(?<![\w>:$\\])\\?env\((?=\s*["'][A-Z][A-Z0-9]{0,40}(?:_|["']))/g, absent: 'usage', defaultArgument: 1 },
  { pattern: /\bEnv::get\(/g, absent: 'usage', capitals: true, defaultArgument: 1 },
  { pattern: /\bEnv::getOrFail\(/g, absent: 'required', capitals: true },
  { pattern: /(?<![\w>:$])getenv\(/g, absent: 'usage' },
  { pattern: /\$_ENV\[/g, absent: 'usage' },
  { pattern: /\$_SERVER\[/g, absent: 'usage', capitals: true, except: REQUEST },
];
/** Settings of the application by their path, `mail.default`. */
const SETTINGS: readonly ReadPattern[] = [
  {
    pattern: /(?<![\w>:$\\])\\?config\((?=\s*["'][a-z]\w*(?:\.|["']\s*\)\s*->))/g,
    absent: 'optional',
    setting: true,
    defaultArgument: 1,
  },
  {
    pattern:
      /(?:\bConfig::|(?<![\w>:$])config\(\)->)(?:get|string|integer|boolean|float|array)\((?=\s*["'][a-z]\w*\.)/g,
    absent: 'optional',
    setting: true,
    defaultArgument: 1,
  },
  {
    pattern: /(?:\bConfig::|(?<![\w>:$])config\(\)->)set\((?=\s*["'][a-z]\w*\.)/g,
    absent: 'usage',
    setting: true,
    sets: true,
  },
];

export const php: Reader = programReader({
  language: 'php',
  reads:
    'PHP: which environment variables and Laravel settings it reads, with which defaults; `app()->environment()`, in Blade templates too',
  hints: [
    'env(',
    'getenv',
    '$_ENV',
    '$_SERVER',
    'config(',
    'Config::',
    'environment(',
    'isProduction',
    'isLocal',
    'Env::',
    '@env',
    '@production',
  ],
  patterns: () => [...PATTERNS, ...SETTINGS],
  readByVariable: /\bgetenv\(\s*(\$\w+)\s*[,)]|\$_(?:ENV|SERVER)\[\s*(\$\w+)\s*\]/,
  writes: laravelWrites,
  branches: laravelBranches,
  programIn,
});

/** Only what stands between `<?php` and `?>`; of a Blade template what stands in braces and directives. */
function programIn(file: SourceFile): string {
  if (file.path.endsWith('.blade.php')) return bladeDirectives(file.text);
  const { text } = file;
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<?', at);
    if (open === -1) break;
    const mark = /^<\?(?:php\b|=|(?!xml))/.exec(text.slice(open, open + 5))?.[0];
    parts.push(blanks(text.slice(at, open + 2)));
    at = open + 2;
    if (mark === undefined) continue;
    const start = open + Math.max(mark.length, 2);
    parts.push(' '.repeat(start - at));
    const close = text.indexOf('?>', start);
    const end = close === -1 ? text.length : close;
    parts.push(text.slice(start, end));
    at = end;
  }
  return parts.join('') + blanks(text.slice(at));
}

function blanks(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
