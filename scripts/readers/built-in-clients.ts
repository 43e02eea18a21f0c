import { subjectNamed } from '../services/subject.ts';
import { endingsOf, isWrittenIn } from '../syntax/languages.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { placeOf } from './support/place-of-program.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { programText } from './support/source.ts';

/** Modules of the runtime itself that no manifest lists. */
const IMPORT = /(?:\bfrom\s{1,4}|\bimport\s{1,4}|\b(?:require|import)\(\s{0,4})["']((?:node|bun):sqlite)["']/g;

const MAY_IMPORT = sought(/["'](?:node|bun):sqlite["']/);

export const builtInClients: Reader = {
  name: 'built-in-clients',
  reads: 'JavaScript and TypeScript: clients of databases that the runtime brings along (`node:sqlite`, `bun:sqlite`)',
  reach: EVERYWHERE,
  source: true,
  endings: endingsOf('javascript'),
  matches: (path) => isWrittenIn('javascript', path) && isProgramOfApplication(path),
  read(file) {
    if (!matchesIn(file, MAY_IMPORT)) return { findings: [] };
    const { path, text } = file;
    const program = programText(path, text, 'javascript');
    const findings = [...text.matchAll(IMPORT)].flatMap((match): Finding[] => {
      const known = subjectNamed('sqlite');
      if (!known || !program.isCode(match.index)) return [];
      const said = { ...known, attribute: 'client', value: match[1] ?? null };
      return [{ ...said, ...placeOf(path), line: program.line(match.index) }];
    });
    return { findings };
  },
};
