import { roleOf } from '../repository/path-role.ts';
import { endingsOf, isWrittenIn } from '../syntax/languages.ts';
import { matchesIn, sought, soughtTexts } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import { accessesIn, type ConfigRead, findingsOf, type ReadPattern } from './support/config-reads.ts';
import { decisionFindings, mayDecide } from './support/decision-findings.ts';
import { placeOf } from './support/place-of-program.ts';
import { programDefinitions } from './support/program-definitions.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { configFileReads, declaredSettings, mayDeclareSettings, settingMembers } from './support/ruby-settings.ts';
import { type ProgramText, programText } from './support/source.ts';
import { codeInLines, codeInTags } from './support/template-code.ts';
import { patternsOf, sharedOf } from './support/wrappers.ts';

/** How Ruby reads the environment. */
export const RUBY_READS: readonly ReadPattern[] = [
  { pattern: /(?<![\w.])(?:::)?ENV\[/g, absent: 'usage' },
  { pattern: /(?<![\w.])(?:::)?ENV\.fetch\(/g, absent: 'required', defaultArgument: 1 },
  { pattern: /(?<![\w.])ENV\.fetch[ \t]+(["'])(?<key>[A-Z_]\w*)\1(?![ \t]*,)/g, absent: 'required' },
  { pattern: /(?<![\w.])ENV\.(?:key|has_key|include|member)\?\(/g, absent: 'optional' },
];

const HINTS = soughtTexts([
  'ENV',
  'Rails.env',
  '.config_for(',
  'credentials',
  'Figaro',
  'config.',
  'ActiveJob::Base',
  'ActionMailer::Base',
]);
/** Objects whose members are settings; what tests use of them tells nothing. */
const MEMBERS = soughtTexts(['Settings.', 'Config.', 'configuration.x.', 'config.x.']);
const READ_BY_VARIABLE = sought(/\bENV(?:\[|\.fetch\()\s*([a-z_]\w*)(?:\.(?:to_s|upcase|to_s\.upcase))?\s*[,)\]]/);

export const ruby: Reader = {
  name: 'ruby',
  reads:
    'Ruby, Rakefiles, `config.ru` and views in ERB, Haml and Slim: which environment variables, declared settings and Rails credentials they read, with which defaults',
  reach: EVERYWHERE,
  source: true,
  endings: [...endingsOf('ruby'), '.erb', '.haml', '.slim'],
  matches: (path) => (isWrittenIn('ruby', path) || TEMPLATE.test(path)) && isProgramOfApplication(path),
  definitions: (file) => {
    if (TEMPLATE.test(file.path)) return [];
    const own = programDefinitions(file, 'ruby', READ_BY_VARIABLE, (program) => accessesIn(program, RUBY_READS).reads);
    return [...own, ...settingDefinitions(file)];
  },
  read(file: SourceFile, definitions = []) {
    const shared = sharedOf(definitions);
    const wrappers = patternsOf(shared.wrappers, file, true);
    const members = matchesIn(file, MEMBERS) && roleOf(file.path) !== 'test';
    const hinted = members || matchesIn(file, HINTS) || mayDeclareSettings(file);
    if (wrappers.length === 0 && !hinted && !mayDecide(file, definitions)) return { findings: [] };
    const program = programText(file.path, programIn(file), 'ruby', shared.constants);
    const access = accessesIn(program, [...RUBY_READS, ...wrappers]);
    access.reads.push(...figaroReads(program), ...declaredSettings(program), ...configFileReads(program));
    if (members) access.reads.push(...firstOfEach(settingMembers(program, shared.settings)));
    return {
      findings: [
        ...findingsOf(program, file.path, access),
        ...credentials(program, file.path),
        ...decisionFindings(program, file.path, access.reads, definitions),
      ],
    };
  },
};

/** The settings that a file declares for all others. */
function settingDefinitions(file: SourceFile): string[] {
  if (!mayDeclareSettings(file)) return [];
  const declared = declaredSettings(programText(file.path, file.text, 'ruby'));
  return declared.map(({ key }) => JSON.stringify({ setting: key }));
}

/** A file uses a setting over and over: once is enough. */
function firstOfEach(reads: readonly ConfigRead[]): ConfigRead[] {
  return reads.filter((read, index) => reads.findIndex((other) => other.key === read.key) === index);
}

/** Views; a template of YAML is of the reader that knows what it configures. */
const TEMPLATE = /\.(?:html|js|json|text|txt|xml|css|rss|atom|svg|turbo_stream|builder)\.erb$|\.(?:haml|slim)$/;

function programIn({ path, text }: SourceFile): string {
  if (path.endsWith('.erb')) return codeInTags(text);
  return TEMPLATE.test(path) ? codeInLines(text) : text;
}

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
