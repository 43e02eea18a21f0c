import { classOf } from '../../environments/names.ts';
import type { EnvironmentDefinition } from './environment-names.ts';
import type { ProgramText } from './source.ts';

/** `type Environment string` */
const TYPE = /(?:^|\n)type\s{1,4}(\w*[eE]nv(?:ironment)?)\s{1,4}(?:string|u?int\w*)\b/g;
/** A question of such a type: `func (e Environment) Local() bool {`. */
const METHOD = /(?:^|\n)func\s{1,4}\(\s{0,4}\w{1,40}\s{1,4}\*?(\w+)\s{0,4}\)\s{0,4}(\w+)\(\)\s{0,4}bool\s{0,4}\{/g;
const KEY = /=\s{0,4}"([A-Z][A-Z0-9_]{0,40}ENV(?:IRONMENT)?|ENV(?:IRONMENT)?|APP_STAGE|STAGE)"/;
/** What variables of such a type are called, and fields; the type's own name besides. */
const HOLDERS = ['env', 'Env', 'environment', 'Environment'];

/**
 * What the methods of a type that holds an environment's name answer: `environment.Deployed()`, for each name that a variable or a
 * field of the type is given. A method counts where it compares with constants of the type, and with nothing else.
 */
export function goEnvironmentAnswers(program: ProgramText): EnvironmentDefinition[] {
  const { code, text } = program;
  const types = new Set([...code.matchAll(TYPE)].map((match) => match[1] ?? ''));
  if (types.size === 0) return [];
  const key = KEY.exec(text)?.[1] ?? 'ENVIRONMENT';
  return [...code.matchAll(METHOD)].flatMap((match): EnvironmentDefinition[] => {
    const [whole, type = '', method = ''] = match;
    if (!types.has(type)) return [];
    const open = match.index + whole.length - 1;
    const value = answerOf(code.slice(open + 1, program.partner(open) ?? open + 1), constantsOf(text, type));
    if (value === undefined) return [];
    const holders = new Set([...HOLDERS, type, `${type.charAt(0).toLowerCase()}${type.slice(1)}`]);
    return [...holders].map((holder) => ({ environment: 'answer', name: `${holder}.${method}`, key, value }));
  });
}

/** The constants of a type with the environments that they name. */
function constantsOf(text: string, type: string): Map<string, string> {
  const pattern = new RegExp(
    `(?:^|\\n)\\s{0,8}(?:const\\s{1,4})?(\\w+)\\s{1,20}${type}\\s{1,4}=\\s{1,4}"([\\w-]{1,40})"`,
    'g',
  );
  const found = [...text.matchAll(pattern)].map((match): [string, string] => [match[1] ?? '', match[2] ?? '']);
  return found.some(([, name]) => classOf(name) === 'production') ? new Map(found) : new Map();
}

/** `== local` of `return e == localEnv`, `in dev,prod` of a selection whose cases answer yes. */
function answerOf(body: string, constants: ReadonlyMap<string, string>): string | undefined {
  const compared = /^\s*return\s{1,4}\w+\s{0,4}([!=]=)\s{0,4}(\w+)\s*$/.exec(body);
  const name = constants.get(compared?.[2] ?? '');
  if (compared && name !== undefined) return `${compared[1]} ${name}`;
  if (!/^\s*switch\s{1,4}\w+\s{0,4}\{/.test(body)) return undefined;
  const cases = [...body.matchAll(/\bcase\s{1,4}([\w,\s]{1,200}?):\s{0,40}return\s{1,4}(true|false)\b/g)];
  const names = cases
    .filter((match) => match[2] === 'true')
    .flatMap((match) => (match[1] ?? '').split(','))
    .map((each) => constants.get(each.trim()));
  const isOpen = /\bdefault:\s{0,40}return\s{1,4}true\b/.test(body);
  return names.length > 0 && !names.includes(undefined) && !isOpen ? `in ${names.join(',')}` : undefined;
}
