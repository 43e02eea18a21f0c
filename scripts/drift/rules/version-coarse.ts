import semver from 'semver';
import type { Drift, Fact } from '../../model.ts';
import { EVERYWHERE } from '../../readers/reader.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';
import { isPin, overlap, rangeOf, release } from '../version.ts';

const meta: RuleMeta = {
  name: 'version-coarse',
  says: 'The project asks for a version at a finer precision than production’s image or CI pins: the pin allows what the project refuses, or what nobody has tried out.',
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
  if (production.length === 0)
    return [...pastRange(matrix, subject, loose, refined), ...heldElsewhere(matrix, subject, pins)];
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

/** A pin in CI or for developers that grows past what the project allows, while production's does not. */
function pastRange(matrix: Matrix, subject: string, loose: readonly Fact[], refined: readonly Fact[]): Drift[] {
  const growing = loose.filter((pin) => refined.some((range) => growsPast(String(pin.value), String(range.value))));
  if (growing.length === 0) return [];
  const ranges = refined.filter((range) => growing.some((pin) => growsPast(String(pin.value), String(range.value))));
  const shipped = matrix.factsOf(subject, 'version').filter((fact) => isOfArtefact(matrix, fact));
  return [
    driftOf(meta, {
      surface: 'runtime',
      subject,
      title: `${subject}: ${environmentsInWords(growing)} ${environmentsOf(growing).length > 1 ? 'take' : 'takes'} the newest ${valuesInWords(growing)}, past what the project allows (${valuesInWords(ranges)})`,
      severity: 'low',
      facts: [...shipped.slice(0, 2), ...ranges, ...growing],
      environments: environmentsOf(growing),
      why: `What passes on a newer release of ${subject} is neither what the project allows nor what production runs.`,
    }),
  ];
}

/** Whether the newest release that a partial pin stands for is past the end of a range: `26.x` of `26 <26.3.1`. */
function growsPast(pin: string, range: string): boolean {
  const own = rangeOf(range);
  const parts = /^v?(\d+)(?:\.(\d+|x|\*))?(?:\.(?:x|\*))?$/.exec(pin.trim());
  if (!parts || own === undefined) return false;
  const [, major = '0', minor] = parts;
  const newest = `${major}.${minor !== undefined && /\d/.test(minor) ? minor : NEWEST}.${NEWEST}`;
  return overlap(pin, range) === true && !semver.satisfies(newest, own, { loose: true });
}

const NEWEST = 9999;

/** Production's image floats within a release of which CI and developers are held to one version. */
function heldElsewhere(matrix: Matrix, subject: string, pins: readonly Fact[]): Drift[] {
  const exact = pins.filter((fact) => EXACT.test(String(fact.value)) && !isOfArtefact(matrix, fact));
  const floating = pins.filter(
    (fact) =>
      isOfArtefact(matrix, fact) &&
      !EXACT.test(String(fact.value)) &&
      exact.some(
        (other) => matrix.sameApplication(fact, other) && overlap(String(fact.value), String(other.value)) === true,
      ),
  );
  const held = exact.filter((fact) =>
    floating.some((other) => overlap(String(fact.value), String(other.value)) === true),
  );
  // Where one image is held too, that one is the application's.
  if (floating.length === 0 || pins.some((fact) => isOfArtefact(matrix, fact) && EXACT.test(String(fact.value))))
    return [];
  const taken = matrix
    .factsOf(subject, 'version-file')
    .filter((fact) => held.some((other) => other.evidence.path.endsWith(String(fact.value).replace(/^\.\//, ''))));
  const where = environmentsInWords([...held, ...taken]);
  return [
    driftOf(meta, {
      surface: 'runtime',
      subject,
      title: `${subject}: production’s image has whichever ${valuesInWords(floating)} is newest when it is built, and ${where} ${where.includes(' and ') ? 'are' : 'is'} held to ${valuesInWords(held)}`,
      severity: 'low',
      facts: [...floating, ...held, ...taken.slice(0, 2)],
      environments: environmentsOf([...held, ...taken]),
      why: `The release of ${subject} that production runs is not the one that the tests ran on.`,
    }),
  ];
}

/** Three numbers. */
const EXACT = /^v?\d+\.\d+\.\d+/;

/** What is deployed: an artefact's own version, and not that of the whole project. */
function isOfArtefact(matrix: Matrix, fact: Fact): boolean {
  const classes = matrix.classesOf(fact);
  return classes.includes('production') && classes.length < EVERYWHERE.length && !matrix.isPipeline(fact);
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
