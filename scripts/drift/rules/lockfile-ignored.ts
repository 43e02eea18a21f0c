import { posix } from 'node:path';
import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'lockfile-ignored',
  says: 'The repository has a lock file, and production’s image installs without it: each build resolves the dependencies anew.',
  severity: 'medium: the installer never reads the lock file; low: it may change it',
  fix: 'pin to the production version',
  guard: 'An install that fails where the lock file does not fit (`npm ci`, `uv sync --locked`, `poetry install`).',
};

/** Lock files that an installer does not read at all, or reads and may rewrite. */
const LOCKS: { [installer: string]: { files: readonly string[]; reads: boolean } } = {
  pip: { files: ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock'], reads: false },
  npm: { files: ['package-lock.json', 'npm-shrinkwrap.json'], reads: true },
};

/** What builds production's image; a script may be a developer's. */
const IMAGE =
  /(?:^|\/)(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$|\.(?:Dockerfile|dockerfile)$|(?:^|\/)render\.yaml$/;

export const lockfileIgnored: Rule = {
  meta,
  find(matrix) {
    const installs = matrix.rowsOf('resolves').flatMap((row) => row.facts);
    const production = installs.filter(
      (fact) => matrix.classesOf(fact).includes('production') && IMAGE.test(fact.evidence.path),
    );
    const locks = new Map<string, Fact[]>();
    for (const fact of production) {
      const lock = lockOf(matrix, fact);
      if (lock) locks.set(lock, [...(locks.get(lock) ?? []), fact]);
    }
    return [...locks].map(([lock, own]) => driftFor(lock, own, installs));
  },
};

/** The lock file beside the image's build file, or in the root that it is built from. */
function lockOf(matrix: Matrix, fact: Fact): string | undefined {
  const folder = posix.dirname(fact.evidence.path);
  const files = LOCKS[fact.subject]?.files ?? [];
  return [folder, posix.dirname(folder), '.']
    .flatMap((each) => files.map((file) => posix.normalize(posix.join(each, file))))
    .find((path) => matrix.hasPath(path));
}

function driftFor(lock: string, production: readonly Fact[], installs: readonly Fact[]): Drift {
  const [first] = production as [Fact, ...Fact[]];
  const others = installs.filter((fact) => fact.subject === first.subject && !production.includes(fact));
  return driftOf(meta, {
    surface: 'runtime',
    subject: lock,
    title: `${lock} stands in the repository, and the image installs with \`${String(first.value)}\`, which ${LOCKS[first.subject]?.reads ? 'may change it' : 'does not read it'}`,
    severity: LOCKS[first.subject]?.reads ? 'low' : 'medium',
    facts: [...production, ...others],
    environments: environmentsOf(others),
    why: 'Production runs with versions of dependencies that no commit names and nobody tried out.',
  });
}
