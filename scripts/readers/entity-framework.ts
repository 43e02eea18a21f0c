import { subjectNamed } from '../services/subject.ts';
import { endingsOf, isWrittenIn } from '../syntax/languages.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { placeOf } from './support/place-of-program.ts';
import { programText } from './support/source.ts';

/** Entity Framework's providers by the call that takes one into use. */
const ENGINES: ReadonlyMap<string, string> = new Map([
  ['UseSqlServer', 'sql-server'],
  ['UseAzureSql', 'sql-server'],
  ['UseNpgsql', 'postgresql'],
  ['UseMySql', 'mysql'],
  ['UseMySQL', 'mysql'],
  ['UseSqlite', 'sqlite'],
  ['UseOracle', 'oracle'],
]);

const USE =
  /(?:\.|(?<=\n)[ \t]{0,80})(Use(?:SqlServer|AzureSql|Npgsql|MySql|MySQL|Sqlite|Oracle))(?:<[\w.]{1,80}>)?\s{0,8}\(/g;
const MAY_USE = sought(/\bUse(?:SqlServer|AzureSql|Npgsql|MySql|MySQL|Sqlite|Oracle)\b/);

export const entityFramework: Reader = {
  name: 'entity-framework',
  reads:
    'C#: the database that a context of Entity Framework is opened on (`UseSqlServer`, `UseNpgsql`, `UseSqlite`, ...)',
  reach: EVERYWHERE,
  source: true,
  endings: endingsOf('csharp'),
  matches: (path) => isWrittenIn('csharp', path),
  read(file) {
    if (!matchesIn(file, MAY_USE)) return { findings: [] };
    const { path, text } = file;
    const program = programText(path, text, 'csharp');
    const findings = [...text.matchAll(USE)].flatMap((match): Finding[] => {
      const call = match[1] ?? '';
      const known = subjectNamed(ENGINES.get(call) ?? '');
      const offset = match.index + match[0].indexOf(call);
      if (!known || !program.isCode(offset)) return [];
      return [{ ...known, attribute: 'engine', value: call, ...placeOf(path), line: program.line(offset) }];
    });
    return { findings };
  },
};
