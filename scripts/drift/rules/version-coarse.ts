import semver from 'semver';
import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';
import { isPin, overlap, rangeOf, release } from '../version.ts';

const meta: RuleMeta = {
  name: 'version-coarse',
  says: 'The project asks for a version at a finer precision than production’s image or CI pins: the pin allows what the project refuses.',
  severity: 'low',
  fix: 'pin to the production version',
  guard: 'A check that the image’s tag satisfies what the project asks for.',
};

export const versionCoarse: Rule = {
  meta,
  find(matrix) {
    const subjects = new Set(
      matrix
        .rowsOf('version')
        .filter((row) => row.surface === 'runtime')
        .map((row) => row.subject),
    );
    return [...subjects].flatMap((subject) => findForSubject(matrix, subject));
  },
};

function findForSubject(matrix: Matrix, subject: string): Drift[] {
  const facts = matrix.factsOf(subject, 'version');
  const asked = facts.filter(
    (fact) => !isPin(String(fact.value)) && (release(String(fact.value), 3) ?? 'x.0.0').replace(/^\d+\./, '') !== '0.0',
  );
  const pins = facts.filter(
    (fact) =>
      isPin(String(fact.value)) && matrix.classOf(fact) !== 'test' && !fact.evidence.excerpt.includes('@sha256'),
  );
  const loose = pins.filter((pin) =>
    asked.some((range) => matrix.sameApplication(pin, range) && allowsMore(pin, range)),
  );
  const refined = asked.filter((range) => loose.some((pin) => allowsMore(pin, range)));
  const production = loose.filter((fact) => matrix.classesOf(fact).includes('production'));
  if (production.length === 0) return [];
  return [
    driftOf(meta, {
      surface: 'runtime',
      subject,
      title: `${subject}: the project asks for ${valuesInWords(refined)}, and production pins ${valuesInWords(production)}, whichever release that is`,
      severity: 'low',
      facts: [...production, ...refined, ...loose.filter((fact) => !production.includes(fact))],
      environments: environmentsOf(loose.filter((fact) => !production.includes(fact))),
      why: `An image that was pulled some time ago may have a release of ${subject} that the project refuses.`,
    }),
  ];
}

/** Whether a pin (`22`) holds versions that a range (`^22.18.0`) does not, and some that it does. */
function allowsMore(pin: Fact, range: Fact): boolean {
  const [own, other] = [rangeOf(String(pin.value)), rangeOf(String(range.value))];
  return (
    own !== undefined &&
    other !== undefined &&
    overlap(String(pin.value), String(range.value)) === true &&
    !semver.subset(own, other, { loose: true })
  );
}
