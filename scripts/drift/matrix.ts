import { posix } from 'node:path';
import type { Application, Environment, EnvironmentClass, Fact, Surface } from '../model.ts';
import type { Reader } from '../readers/reader.ts';
import { roleOf } from '../repository/path-role.ts';

/** All that is said of one attribute of one subject, in every environment. */
export interface Row {
  surface: Surface;
  subject: string;
  attribute: string;
  facts: Fact[];
}

/** The facts as rows, with the environments that they hold in. Rules see nothing else. */
export class Matrix {
  readonly environments: readonly Environment[];
  readonly facts: readonly Fact[];
  /** Declared keys that some other file names, whoever reads them. */
  readonly mentioned: ReadonlySet<string>;
  private readonly rows = new Map<string, Row>();
  private readonly bySubject = new Map<string, Row[]>();
  private readonly classes: ReadonlyMap<string, EnvironmentClass>;
  private readonly reach: ReadonlyMap<string, readonly EnvironmentClass[]>;
  private readonly pipelines: ReadonlySet<string>;
  private readonly folders: readonly string[];

  constructor(
    facts: readonly Fact[],
    environments: readonly Environment[],
    readers: readonly Reader[],
    applications: readonly Application[],
    mentioned: ReadonlySet<string> = new Set(),
  ) {
    this.mentioned = mentioned;
    // Examples and documentation show what could be, not what is.
    const own = facts.filter((fact) => ['application', 'test'].includes(roleOf(fact.evidence.path)));
    this.facts = [...own, ...linkedByEnvFile(own, new Map(environments.map((each) => [each.name, each.class])))];
    this.environments = environments;
    this.classes = new Map(environments.map((each) => [each.name, each.class]));
    this.reach = new Map(readers.map((reader) => [reader.name, reader.reach]));
    this.pipelines = new Set(readers.filter((reader) => reader.pipeline).map((reader) => reader.name));
    // Innermost first.
    this.folders = applications
      .map((each) => each.path)
      .filter((path) => path !== '.')
      .sort((a, b) => b.length - a.length);
    for (const fact of this.facts) {
      const key = `${fact.subject}\u0000${fact.attribute}\u0000${fact.surface}`;
      const row = this.rows.get(key) ?? {
        surface: fact.surface,
        subject: fact.subject,
        attribute: fact.attribute,
        facts: [],
      };
      row.facts.push(fact);
      this.rows.set(key, row);
    }
    for (const row of this.rows.values()) {
      const known = this.bySubject.get(row.subject);
      if (known) known.push(row);
      else this.bySubject.set(row.subject, [row]);
    }
  }

  /** Every row with one of the attributes, in the order of the facts. */
  rowsOf(...attributes: string[]): Row[] {
    return [...this.rows.values()].filter((row) => attributes.includes(row.attribute));
  }

  /** The facts of one attribute of one subject, on any surface. */
  factsOf(subject: string, attribute: string): Fact[] {
    return (this.bySubject.get(subject) ?? []).filter((row) => row.attribute === attribute).flatMap((row) => row.facts);
  }

  /** The class of a fact's environment; `undefined` for a shared fact. */
  classOf(fact: Fact): EnvironmentClass | undefined {
    return fact.environment === 'shared' ? undefined : this.classes.get(fact.environment);
  }

  /** The classes of environment that a fact is in force in: its own, or all that its file reaches. */
  classesOf(fact: Fact): readonly EnvironmentClass[] {
    const own = this.classOf(fact);
    return own ? [own] : (this.reach.get(fact.reader) ?? []);
  }

  /** The facts in force in environments of a class; what is shared gives way to what the class says itself. */
  inForce(facts: readonly Fact[], cls: EnvironmentClass): Fact[] {
    const own = facts.filter((fact) => this.classOf(fact) === cls);
    return own.length > 0
      ? own
      : facts.filter((fact) => this.classOf(fact) === undefined && this.classesOf(fact).includes(cls));
  }

  /** Whether two facts can be of one application: files of two different applications of a repository have nothing to agree on. */
  sameApplication(a: Fact, b: Fact): boolean {
    const [left, right] = [this.folderOf(a), this.folderOf(b)];
    return (
      left === undefined ||
      right === undefined ||
      left === right ||
      left.startsWith(`${right}/`) ||
      right.startsWith(`${left}/`)
    );
  }

  /** Whether a fact stands in a file that tells a CI system what to do. */
  isPipeline(fact: Fact): boolean {
    return this.pipelines.has(fact.reader);
  }

  /** Whether a fact is of a container that runs somebody else's image: a database's own settings are not the application's. */
  isForeignUnit(fact: Fact): boolean {
    if (fact.unit === undefined) return false;
    return this.facts.some(
      (other) =>
        other.attribute === 'image' &&
        other.unit === fact.unit &&
        other.evidence.path === fact.evidence.path &&
        !['operations', 'runtime'].includes(other.surface),
    );
  }

  private folderOf(fact: Fact): string | undefined {
    return this.folders.find((folder) => fact.evidence.path.startsWith(`${folder}/`));
  }
}

/** What an env file sets is in force wherever a job or a service takes that file: CI that copies `.env.example` runs with it. */
function linkedByEnvFile(facts: readonly Fact[], classes: ReadonlyMap<string, EnvironmentClass>): Fact[] {
  const byPath = new Map<string, Fact[]>();
  for (const fact of facts) byPath.set(fact.evidence.path, [...(byPath.get(fact.evidence.path) ?? []), fact]);
  const taken = facts.filter((fact) => fact.attribute === 'env-file' && fact.environment !== 'shared');
  const pairs = new Map(
    taken.flatMap((fact) => {
      const beside = posix.join(posix.dirname(fact.evidence.path), String(fact.value));
      const path = [posix.normalize(String(fact.value)), beside].find((each) => byPath.has(each));
      return path === undefined
        ? []
        : [[`${fact.environment}\u0000${path}`, { environment: fact.environment, path }] as const];
    }),
  );
  return [...pairs.values()].flatMap(({ environment, path }) =>
    (byPath.get(path) ?? [])
      .filter((fact) => fact.environment !== 'shared' && classes.get(fact.environment) !== classes.get(environment))
      .map((fact) => ({ ...fact, environment })),
  );
}
