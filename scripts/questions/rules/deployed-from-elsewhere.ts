import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Fact } from '../../model.ts';
import { deployedElsewhere } from '../deployed-elsewhere.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** What a repository or folder holds that a deployment is made from and that is not here. */
export const deployedFromElsewhere: QuestionRule = {
  name: 'deployed-from-elsewhere',
  asks: 'What production is given by a repository or folder that the deployment works on and that is not in this repository.',
  weight: 92,
  find({ matrix }) {
    const taken = deployedElsewhere(matrix);
    const [first] = taken;
    if (!first) return [];
    const names = [...new Set(taken.map((fact) => nameOf(fact)))];
    return [
      {
        id: 'deployed-from-elsewhere',
        surface: 'operations',
        subject: 'deployment',
        ask: `What does ${namesInShort(names)} give production: image, values, versions, processes? The deployment works on it, and it is not in this repository.`,
        because: onePerLine(taken.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Save its files for production and inspect again with --export production=FILE',
            effect: 'What production runs and sets becomes evidence, and each other environment is held against it.',
            recommended: true,
          },
          {
            label: 'It cannot be shown: name who keeps it, and the day on which it was read',
            effect: 'The contract names it as the source of truth; what it says stays among the open risks.',
          },
          {
            label: 'Nothing any more: the job is left over',
            effect: 'The job is stale and goes; production is deployed in another way, which the contract names.',
          },
        ],
        settles: 'The production truth sources, and what every other environment is compared with.',
      },
    ];
  },
};

/** `the repository that secrets.NAME names` for one that only the CI system knows. */
function nameOf({ value }: Fact): string {
  const name = /\$\{\{\s*([\w.]+)\s*\}\}/.exec(String(value ?? ''))?.[1];
  return value === null
    ? 'a repository that a secret names'
    : name
      ? `the repository that ${name} names`
      : String(value);
}
