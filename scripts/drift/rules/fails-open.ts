import { classOf as classOfName } from '../../environments/names.ts';
import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';

const meta: RuleMeta = {
  name: 'fails-open',
  says: 'An environment that does not say its name counts as one that is not production.',
  severity:
    'medium: a file sets the name nowhere for production; low: otherwise, and where it only labels logs and traces',
  fix: 'close what fails open',
  guard: 'A test that starts the program without the key and expects production’s behaviour, or a refusal.',
};

export const failsOpen: Rule = {
  meta,
  find(matrix) {
    return matrix.rowsOf('fails-open').flatMap((row) => {
      // Where an unset name is production's by default, only another name comes to what all but production take.
      const closed = matrix
        .factsOf(row.subject, 'default')
        .some((fact) => matrix.classOf(fact) === undefined && classOfName(String(fact.value)) === 'production');
      const facts = row.facts.filter(
        (fact) => matrix.classOf(fact) === undefined && !(closed && String(fact.value).startsWith('not ')),
      );
      return facts.length === 0 ? [] : [driftFor(matrix, row.subject, facts)];
    });
  },
};

/** What only names the environment to those who read logs and traces lets nobody in. */
function isLabel({ evidence }: Fact): boolean {
  const file = evidence.path.split('/').at(-1)?.replace(/\..*$/, '') ?? '';
  return LABELS.has(topicOf(evidence.excerpt)?.topic ?? '') || LABELS.has(topicOf(file)?.topic ?? '');
}

const LABELS = new Set(['logging']);

function driftFor(matrix: Matrix, key: string, facts: readonly Fact[]): Drift {
  const set = matrix.factsOf(key, 'value').filter((fact) => matrix.classesOf(fact).includes('production'));
  return driftOf(meta, {
    surface: facts[0]?.surface ?? 'config',
    subject: key,
    title: `an unset ${key} counts as ${valuesInWords(facts)}`,
    severity: set.length === 0 && !facts.every(isLabel) ? 'medium' : 'low',
    facts: [...facts, ...set.slice(0, 2)],
    environments: [],
    why: 'A deployment that forgets the key, or misspells it, runs with what is meant for laptops.',
  });
}
