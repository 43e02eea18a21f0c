import { roleOf } from '../../repository/path-role.ts';
import { mayName, type Searched } from '../../syntax/sought.ts';
import type { Finding } from '../reader.ts';
import { armLines } from './arm-lines.ts';
import { armFindings } from './branch-arms.ts';
import { chosenValues } from './chosen-values.ts';
import type { ConfigRead } from './config-reads.ts';
import { type Branch, decisionsIn, mentionsEnvironmentSetting } from './environment-branches.ts';
import { type EnvironmentNames, environmentNamesOf } from './environment-names.ts';
import { failOpenFindings } from './fail-open.ts';
import { choiceFindings } from './implementation-choice.ts';
import { placeOf } from './place-of-program.ts';
import type { ProgramText } from './source.ts';
import { switchFindings } from './switch-findings.ts';

/** Whether a text may decide by the environment although it reads no key. */
export function mayDecide(file: Searched, definitions: readonly string[]): boolean {
  if (mentionsEnvironmentSetting(file)) return true;
  const names = namesOf(environmentNamesOf(definitions));
  return mayName(file, names) && names.some((name) => file.text.includes(name));
}

const namesOfAll = new WeakMap<EnvironmentNames, readonly string[]>();

/** What other files call a question about the environment, or its name. */
function namesOf(known: EnvironmentNames): readonly string[] {
  const capitals = [...known.settings.keys()].filter((name) => /^[A-Z][A-Z0-9_]{2,}$/.test(name));
  const names = namesOfAll.get(known) ?? [...known.answers.keys(), ...known.holders.keys(), ...capitals];
  namesOfAll.set(known, names);
  return names;
}

/** What a program decides by the environment and by its configuration. Tests are left out: they are one environment. `more`: branches that no comparison tells. */
export function decisionFindings(
  program: ProgramText,
  path: string,
  reads: readonly ConfigRead[],
  definitions: readonly string[],
  more: readonly Branch[] = [],
): Finding[] {
  if (roleOf(path) === 'test') return [];
  const place = placeOf(path);
  const decisions = decisionsIn(program, reads, environmentNamesOf(definitions), more);
  return [
    ...asFindings(program, path, decisions.branches),
    ...armFindings(program, place, decisions),
    ...failOpenFindings(program, place, reads, decisions),
    ...choiceFindings(program, place, reads, decisions),
    ...switchFindings(program, place, reads),
    ...chosenValues(program, place, decisions),
    ...armLines(program, place, decisions),
  ];
}

function asFindings(program: ProgramText, path: string, branches: readonly Branch[]): Finding[] {
  return branches.map(({ key, value, offset }) => ({
    surface: 'config',
    subject: key,
    attribute: 'branch',
    value,
    ...placeOf(path),
    line: program.line(offset),
  }));
}
