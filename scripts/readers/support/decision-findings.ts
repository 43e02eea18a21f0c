import { roleOf } from '../../repository/path-role.ts';
import type { Finding } from '../reader.ts';
import { armFindings } from './branch-arms.ts';
import type { ConfigRead } from './config-reads.ts';
import { decisionsIn, mentionsEnvironmentSetting } from './environment-branches.ts';
import { environmentNamesOf } from './environment-names.ts';
import { failOpenFindings } from './fail-open.ts';
import { choiceFindings } from './implementation-choice.ts';
import { placeOf } from './place-of-program.ts';
import type { ProgramText } from './source.ts';

/** Whether a text may decide by the environment although it reads no key. */
export function mayDecide(text: string, definitions: readonly string[]): boolean {
  if (mentionsEnvironmentSetting(text)) return true;
  const { answers, holders } = environmentNamesOf(definitions);
  return [...answers.keys(), ...holders.keys()].some((name) => text.includes(name));
}

/** What a program decides by the environment and by its configuration. Tests are left out: they are one environment. */
export function decisionFindings(
  program: ProgramText,
  path: string,
  reads: readonly ConfigRead[],
  definitions: readonly string[],
): Finding[] {
  if (roleOf(path) === 'test') return [];
  const place = placeOf(path);
  const decisions = decisionsIn(program, reads, environmentNamesOf(definitions));
  const branches = decisions.branches.map(
    ({ key, value, offset }): Finding => ({
      surface: 'config',
      subject: key,
      attribute: 'branch',
      value,
      ...place,
      line: program.line(offset),
    }),
  );
  return [
    ...branches,
    ...armFindings(program, place, decisions),
    ...failOpenFindings(program, place, reads, decisions),
    ...choiceFindings(program, place, reads, decisions),
  ];
}
