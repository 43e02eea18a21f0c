import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import { externalSystems } from '../external-systems.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** What the variables hold that a CI system keeps for each environment and hands to a build or a deployment. */
export const pipelineVariables: QuestionRule = {
  name: 'pipeline-variables',
  asks: 'What the variables hold that a CI system keeps for each environment, where the program behaves by them.',
  weight: 61,
  find({ matrix }) {
    const taken = matrix
      .rowsOf('secret-reference')
      .flatMap((row) => row.facts)
      .filter(
        (fact) => matrix.isPipeline(fact) && VARIABLE.test(fact.evidence.excerpt) && !OF_TESTS.test(fact.evidence.path),
      )
      .filter((fact) =>
        ['read', 'branch'].some((attribute) =>
          matrix.factsOf(fact.subject, attribute).some((other) => matrix.classOf(other) === undefined),
        ),
      );
    // The accounts with others are asked about as such.
    const ofSystems = new Set(externalSystems(matrix).flatMap((each) => each.keys));
    const keys = [...new Set(taken.map((fact) => fact.subject))].filter((key) => !ofSystems.has(key));
    const [first] = keys;
    if (first === undefined) return [];
    const shown = taken.filter((fact) => keys.includes(fact.subject));
    const ofProduction = shown.filter((fact) => matrix.classOf(fact) === 'production');
    return [
      {
        id: 'pipeline-variables',
        surface: 'config',
        subject: first,
        ask: `What does the CI system hold for ${namesInShort(keys)} in each environment? The pipeline takes ${keys.length > 1 ? 'them' : 'it'} from its variables, which no file shows.`,
        because: onePerLine(
          [...ofProduction, ...shown.filter((fact) => !ofProduction.includes(fact))].map((fact) => fact.evidence),
        ).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'List them: they are no secrets, and belong into a file',
            effect: 'The contract states each value, and a value that differs without a reason becomes drift.',
            recommended: true,
          },
          {
            label: 'They stay there: name who changes them',
            effect: 'The contract names the CI system as a source of truth, with the day on which it was read.',
          },
        ],
        settles: 'Which values production is built or deployed with.',
      },
    ];
  },
};

/** What only a run of tests is given. */
const OF_TESTS = /smoke|test|e2e/i;
const VARIABLE = /\$\{\{-?\s*vars\.\w+/;
