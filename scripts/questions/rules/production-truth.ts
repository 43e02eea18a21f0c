import { onePerLine } from '../../drift/one-per-line.ts';
import { deployedElsewhere } from '../deployed-elsewhere.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';
import { namesProduction } from '../tells-of-production.ts';

/** Where production is configured, where no file of the repository names it. */
export const productionTruth: QuestionRule = {
  name: 'production-truth',
  asks: 'Where production is configured, where no file of the repository says anything of it.',
  weight: 100,
  find({ matrix }) {
    // A deployment that works on something elsewhere is asked about as that.
    if (namesProduction(matrix) || deployedElsewhere(matrix).length > 0) return [];
    // The lines that come nearest: what hands the program over, what the image takes along, what is built to be deployed.
    const handed = matrix
      .rowsOf('gate', 'other-repository', 'works-in', 'environment')
      .flatMap((row) => row.facts.filter((fact) => matrix.isPipeline(fact)));
    const taken = matrix
      .rowsOf('copies')
      .flatMap((row) => row.facts.filter((fact) => /(?:^|\/)\.env(?:[.-]|$)|config/i.test(String(fact.value))));
    const built = matrix.facts.filter(
      (fact) =>
        ['process', 'image'].includes(fact.attribute) &&
        matrix.classesOf(fact).includes('production') &&
        !['package-json', 'netlify'].includes(fact.reader),
    );
    return [
      {
        id: 'production-truth',
        surface: 'operations',
        subject: 'production',
        ask: 'Where is production configured? No file of this repository says what it has: its values, versions and processes are not known here.',
        because: onePerLine([...taken, ...handed, ...built].map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label:
              'In a dashboard or on the servers: save it to a file and inspect again with --export production=FILE',
            effect: 'What production runs and sets becomes evidence, and each other environment is held against it.',
            recommended: true,
          },
          {
            label: 'In another repository: name it, and inspect its files with --export',
            effect: 'The contract cites that repository as the source of truth, with the day on which it was read.',
          },
          {
            label: 'Others run it, each in their own way: there is no one production',
            effect:
              'The contract describes what the published artifact does with its defaults, as the production of record.',
          },
        ],
        settles: 'The production truth sources, and what every other environment is compared with.',
      },
    ];
  },
};
