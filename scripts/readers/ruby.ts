import { isWrittenIn } from '../syntax/languages.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import { accessesIn, findingsOf, type ReadPattern } from './support/config-reads.ts';
import { decisionFindings, mayDecide } from './support/decision-findings.ts';
import { placeOf } from './support/place-of-program.ts';
import { programDefinitions } from './support/program-definitions.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText } from './support/source.ts';
import { patternsOf, sharedOf } from './support/wrappers.ts';

/** How Ruby reads the environment. */
export const RUBY_READS: readonly ReadPattern[] = [
  { pattern: /(?<![\w.])(?:::)?ENV\[/g, absent: 'usage' },
  { pattern: /(?<![\w.])(?:::)?ENV\.fetch\(/g, absent: 'required', defaultArgument: 1 },
  { pattern: /(?<![\w.])ENV\.fetch[ \t]+(["'])(?<key>[A-Z_]\w*)\1(?![ \t]*,)/g, absent: 'required' },
  { pattern: /(?<![\w.])ENV\.(?:key|has_key|include|member)\?\(/g, absent: 'optional' },
];

const HINTS = ['ENV', 'Rails.env', 'credentials', 'Figaro', 'config.', 'ActiveJob::Base', 'ActionMailer::Base'];
const READ_BY_VARIABLE = /\bENV(?:\[|\.fetch\()\s*([a-z_]\w*)(?:\.(?:to_s|upcase|to_s\.upcase))?\s*[,)\]]/;

export const ruby: Reader = {
  name: 'ruby',
  reads:
    'Ruby, Rakefiles and `config.ru`: which environment variables and Rails credentials they read, with which defaults',
  reach: EVERYWHERE,
  source: true,
  matches: (path) => isWrittenIn('ruby', path) && isProgramOfApplication(path),
  definitions: (file) => programDefinitions(file, 'ruby', READ_BY_VARIABLE, (own) => accessesIn(own, RUBY_READS).reads),
  read(file: SourceFile, definitions = []) {
    const shared = sharedOf(definitions);
    const wrappers = patternsOf(shared.wrappers, file.text);
    if (wrappers.length === 0 && !HINTS.some((hint) => file.text.includes(hint)) && !mayDecide(file.text, definitions))
      return { findings: [] };
    const program = programText(file.path, file.text, 'ruby', shared.constants);
    const access = accessesIn(program, [...RUBY_READS, ...wrappers]);
    access.reads.push(...figaroReads(program));
    return {
      findings: [
        ...findingsOf(program, file.path, access),
        ...credentials(program, file.path),
        ...decisionFindings(program, file.path, access.reads, definitions),
      ],
    };
  },
};

/** `Figaro.env.stripe_key`, with `!` where it must be there. */
function figaroReads(program: ProgramText) {
  return [...program.code.matchAll(/\bFigaro\.env\.([a-z_]\w*)(!?)/gi)].map((match) => ({
    key: (match[1] ?? '').toUpperCase(),
    span: { start: match.index, end: match.index + match[0].length },
    read: match[2] === '!' ? ('required' as const) : ('optional' as const),
  }));
}

/** Methods of the credentials themselves. */
const NO_CREDENTIAL =
  /^(?:dig|fetch|config|content_path|key_path|read|write|change|present|respond_to|method_missing)$/;

/** `Rails.application.credentials.aws[:key]`, `credentials.dig(:aws, :key)`: where a secret is taken from, never what it is. */
function credentials(program: ProgramText, path: string): Finding[] {
  const pattern =
    /\bRails\.application\.credentials(?:\.(?:dig|fetch)\(([^()\n]{1,120})\)|((?:&?\.[a-z_]\w{0,60}[!]?|\[:\w{1,60}\]){1,6}))/g;
  const seen = new Set<string>();
  return [...program.code.matchAll(pattern)].flatMap((match) => {
    const words = (match[1] ?? match[2] ?? '').match(/[a-z_]\w*/gi) ?? [];
    const names = words.filter((word) => !NO_CREDENTIAL.test(word) && !/^to_\w+$/.test(word));
    if (names.length === 0 || seen.has(names.join('.'))) return [];
    seen.add(names.join('.'));
    const line = program.line(match.index);
    return [
      {
        surface: 'config',
        subject: names.join('.'),
        attribute: 'secret-reference',
        value: 'rails credentials',
        ...placeOf(path),
        line,
      } satisfies Finding,
    ];
  });
}
