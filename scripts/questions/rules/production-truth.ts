import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';
import { tellsOfProduction } from '../tells-of-production.ts';

/** Where production is configured, where no file of the repository names it. */
export const productionTruth: QuestionRule = {
  name: 'production-truth',
  asks: 'Where production is configured, where no file of the repository says anything of it.',
  weight: 100,
  find({ matrix }) {
    if (tellsOfProduction(matrix)) return [];
    // The lines that come nearest: what is built to be deployed.
    const built = matrix.facts.filter(
      (fact) => ['process', 'image'].includes(fact.attribute) && matrix.classesOf(fact).includes('production'),
    );
    return [
      {
        id: 'production-truth',
        surface: 'operations',
        subject: 'production',
        ask: 'Where is production configured? No file of this repository says what it has: its values, versions and processes are not known here.',
        because: built.slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
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
