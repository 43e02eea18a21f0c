import vocabulary from '../../../resources/implementations.json' with { type: 'json' };
import { topicInCode } from '../../services/topic.ts';
import { labelsOf } from './branch-arms.ts';
import { armsAt } from './branch-shape.ts';
import { classDeclaredAt, type DeclaredClass } from './declared-class.ts';
import type { Branch } from './environment-branches.ts';
import { plainString } from './expression.ts';
import { memberOf, stringsIn } from './jvm-configuration.ts';
import type { ProgramText, Span } from './source.ts';

/** A class, or what makes one, that a profile or a property puts in place. */
export interface AnnotatedChoice {
  key: string;
  value: string;
  offset: number;
  /** What the annotation stands on. */
  arm: Span;
  /** The class, where it is declared there. */
  declared: DeclaredClass | undefined;
}

const CONDITION = new RegExp(`@(?:${vocabulary.conditions.join('|')})\\s{0,4}\\(`, 'g');
const classEnd = new RegExp(`(?:${vocabulary.classes.join('|')})$`);

/** `@ConditionalOnProperty(name = "storage", havingValue = "s3") class S3Store`, `@Profile("!prod") class LocalMailer`. */
export function annotatedChoices(program: ProgramText, branches: readonly Branch[]): AnnotatedChoice[] {
  if (program.language !== 'java' && program.language !== 'kotlin') return [];
  const byProfile = branches.flatMap(({ key, value, offset }): AnnotatedChoice[] => {
    const labels = program.code[offset] === '@' ? labelsOf({ key, value }) : undefined;
    const choice = labels ? choiceAt(program, offset, key, labels.holds) : undefined;
    const tells = choice?.declared && (classEnd.test(choice.declared.name) || topicInCode(choice.declared.name));
    return choice && tells ? [choice] : [];
  });
  const byProperty = [...program.code.matchAll(CONDITION)].flatMap((match): AnnotatedChoice[] => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    if (close === undefined) return [];
    const text = (name: string) => {
      const member = memberOf(program, open, name);
      return member ? stringsIn(program, member)[0] : undefined;
    };
    const first = plainString(program, { start: open + 1, end: close });
    const name = text('name') ?? text('value') ?? first;
    const prefix = text('prefix');
    if (name === undefined) return [];
    const key = prefix ? `${prefix}.${name}` : name;
    const choice = choiceAt(program, match.index, key, wordOf(text('havingValue')));
    return choice ? [choice] : [];
  });
  return [...byProfile, ...byProperty];
}

/** A switch is set or is not; everything else is the value that picks. */
function wordOf(value: string | undefined): string {
  if (value === undefined || value === 'true') return 'is set';
  return value === 'false' ? 'not (is set)' : value;
}

function choiceAt(program: ProgramText, offset: number, key: string, value: string): AnnotatedChoice | undefined {
  const arm = armsAt(program, offset, true).holds;
  if (!arm) return undefined;
  return { key, value, offset, arm, declared: classDeclaredAt(program, arm) };
}
