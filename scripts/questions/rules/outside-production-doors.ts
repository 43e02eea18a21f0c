import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import { classOf } from '../../environments/names.ts';
import type { Fact } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Who may use what the program offers only outside production, and whose data it touches there. */
export const outsideProductionDoors: QuestionRule = {
  name: 'outside-production-doors',
  asks: 'Who may call what the program offers in every environment but production, and whose data a deployed one holds.',
  weight: 63,
  find({ matrix }) {
    const staging = matrix.environments.filter((each) => ['staging', 'preview'].includes(each.class));
    const [first] = staging;
    const doors = matrix
      .rowsOf('branch')
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.classOf(fact) === undefined && isAllButProduction(fact) && isDoor(fact));
    if (!first || doors.length === 0) return [];
    const names = namesInShort(staging.map((each) => each.name));
    return [
      {
        id: 'outside-production-doors',
        surface: 'identity',
        subject: first.name,
        ask: `Who may call in ${names} what exists everywhere but in production, and whose data ${staging.length > 1 ? 'do they' : 'does it'} hold?`,
        because: onePerLine(doors.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Only the team, behind a login or a network; made-up data',
            effect: 'The contract states both; a check that an outsider is refused becomes the guard.',
            recommended: true,
          },
          {
            label: 'Whoever knows the address, with made-up data',
            effect: 'A registered difference: nothing of production may be copied there.',
          },
          {
            label: 'Data of real people are there',
            effect: 'A difference to mend: what is open there needs the protection that production has.',
          },
        ],
        settles: 'Which protection environments beside production need.',
      },
    ];
  },
};

/** `!= production`; a name that is asked for lets nothing through that nobody named. */
function isAllButProduction({ value }: Fact): boolean {
  const text = String(value ?? '');
  const name = /^!==?\s*([\w-]+)$|^not \((?:===?\s*|in )([\w-]+)\)$/.exec(text);
  return name !== null && classOf(name[1] ?? name[2] ?? '') === 'production';
}

/** A place where requests come in. */
function isDoor({ evidence }: Fact): boolean {
  return /(?:^|[/_.-])(?:routes?|router|routing|urls|endpoints?|\w*controllers?)(?:[/._-]|$)/i.test(evidence.path);
}
