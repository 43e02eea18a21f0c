import { roleOf } from '../../repository/path-role.ts';
import type { LanguageName } from '../../syntax/languages.ts';
import type { Sought } from '../../syntax/sought.ts';
import type { SourceFile } from '../reader.ts';
import type { ConfigRead } from './config-reads.ts';
import { environmentDefinitionsIn } from './environment-definitions.ts';
import { type ProgramText, programText } from './source.ts';
import { definitionsIn } from './wrappers.ts';

/** What a program defines for other files: wrappers around reads, constants, and, outside tests, what stands for the environment's name. */
export function programDefinitions(
  file: SourceFile,
  language: LanguageName,
  readByVariable: Sought,
  readsOf: (program: ProgramText) => ConfigRead[],
): string[] {
  const program = () => programText(file.path, file.text, language);
  return [
    ...definitionsIn(file, program, readByVariable),
    ...(roleOf(file.path) === 'test' ? [] : environmentDefinitionsIn(file, program, readsOf)),
  ];
}
