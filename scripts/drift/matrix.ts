import { posix } from 'node:path';
import { isSamePlace, layerOf, withoutHidden } from '../environments/layers.ts';
import type { Application, Environment, EnvironmentClass, Fact, Surface } from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import type { Reader } from '../readers/reader.ts';
import { roleOf } from '../repository/path-role.ts';
import { wordsOf } from '../services/topic.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { ofActiveProfiles } from './active-profiles.ts';
import { storesOfCompose } from './built-by-compose.ts';
import { withoutEnvironmentsAsData } from './environments-as-data.ts';
import { withoutOtherProducts } from './other-products.ts';
import { asProperties } from './property-names.ts';
import { runningAsProduction } from './running-as-production.ts';
import type { UsesOf } from './uses.ts';

/** Readers of manifests, in which a client is the image of a container. */
const MANIFESTS: ReadonlySet<string> = new Set(['kubernetes', 'helm-template']);

/** All that is said of one attribute of one subject, in every environment. */
export interface Row {
  surface: Surface;
  subject: string;
  attribute: string;
  facts: Fact[];
}

/** Looks in the program's text for the lines that go by keys, each given with its facts. */
export type LookUp = (keys: ReadonlyMap<string, readonly Fact[]>) => UsesOf;

/** The facts as rows, with the environments that they hold in. Rules see nothing else. */
export class Matrix {
  readonly environments: readonly Environment[];
  readonly facts: readonly Fact[];
  /** What documentation states; it shows what should be, and is in no row. */
  readonly documentation: readonly Fact[];
  /** Declared keys that some other file names, whoever reads them. */
  readonly mentioned: ReadonlySet<string>;
  /** Names of variables that a framework binds to a setting which the program reads: `MAIL_REPLYTO` for `mail.reply-to`. */
  readonly boundVariables: ReadonlySet<string>;
  /** The words of the names of the repository's own applications. */
  readonly ownNames: ReadonlySet<string>;
  private readonly rows = new Map<string, Row>();
  private readonly paths: ReadonlySet<string>;
  private readonly bySubject = new Map<string, Row[]>();
  /** The images of units, by unit and path. */
  private readonly images: ReadonlyMap<string, Fact[]>;
  /** What Dockerfiles build on, by folder. */
  private readonly builds: ReadonlyMap<string, Fact[]>;
  private readonly classes: ReadonlyMap<string, EnvironmentClass>;
  private readonly reach: ReadonlyMap<string, readonly EnvironmentClass[]>;
  private readonly pipelines: ReadonlySet<string>;
  private readonly folders: readonly string[];
  private readonly lookUp: LookUp;
  private byEnding: ReadonlyMap<string, Row[]> | undefined;
  private modules: ReadonlyMap<string, readonly string[]> | undefined;
  private readonly layered: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    facts: readonly Fact[],
    environments: readonly Environment[],
    readers: readonly Reader[],
    applications: readonly Application[],
    mentioned: ReadonlySet<string> = new Set(),
    files: readonly string[] = [],
    lookUp: LookUp = () => () => [],
  ) {
    this.paths = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
    this.mentioned = mentioned;
    // Examples and documentation show what could be, not what is.
    const own = storesOfCompose(
      facts.filter((fact) => ['application', 'test'].includes(roleOf(fact.evidence.path))),
      environments,
    );
    const classes = new Map(environments.map((each) => [each.name, each.class]));
    const linked = linkedByEnvFile(own, classes);
    const bound = boundByName(own);
    const more = [...linked, ...bound, ...ofActiveProfiles(own, classes), ...laidUnder(own)];
    this.facts = asProperties(
      withoutEnvironmentsAsData(
        withoutOtherProducts([...own, ...more, ...runningAsProduction(own, environments)], applications),
      ),
    );
    this.boundVariables = new Set(own.flatMap((fact) => (readsSetting(fact) ? [variableOf(fact.subject)] : [])));
    this.ownNames = new Set(applications.flatMap((each) => wordsOf(each.name)));
    this.layered = environmentsByPlace(this.facts);
    this.images = groupBy(this.facts, ({ reader, attribute, unit, evidence }) =>
      unit !== undefined && (attribute === 'image' || (attribute === 'client' && MANIFESTS.has(reader)))
        ? `${unit}\u0000${evidence.path}`
        : undefined,
    );
    this.builds = groupBy(this.facts, ({ reader, attribute, evidence }) =>
      reader === 'dockerfile' && (attribute === 'image' || attribute === 'version')
        ? posix.dirname(evidence.path)
        : undefined,
    );
    this.documentation = facts.filter((fact) => fact.reader === 'documentation');
    this.environments = environments;
    this.lookUp = lookUp;
    this.classes = classes;
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

  /** Every row. */
  allRows(): Row[] {
    return [...this.rows.values()];
  }

  /** Every row of a subject whose path ends in a name: `var.environments.csp_enforce` for `csp_enforce`. */
  rowsEndingIn(name: string): readonly Row[] {
    this.byEnding ??= groupBy(this.allRows(), ({ subject }) =>
      subject.includes('.') ? subject.split('.').at(-1) : undefined,
    );
    return this.byEnding.get(name) ?? [];
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

  /**
   * The facts in force in environments of a class, without what another of their layers overrides. What is shared gives way to
   * what the class says itself; within one stack of layers, to what it says of the same place and unit.
   */
  inForce(facts: readonly Fact[], cls: EnvironmentClass): Fact[] {
    const own = facts.filter((fact) => this.classOf(fact) === cls);
    const shared = facts.filter((fact) => this.classOf(fact) === undefined && this.classesOf(fact).includes(cls));
    return [...withoutHidden([...own, ...shared])];
  }

  /**
   * The facts in force in one environment. A shared fact counts where the environment has a file of its own in the same stack
   * of layers, so that the base is known to be under it; such a fact comes back as the environment's own, with the base's line.
   */
  effectiveIn(facts: readonly Fact[], environment: Environment): Fact[] {
    const own = facts.filter((fact) => fact.environment === environment.name);
    const base = facts.filter(
      (fact) =>
        fact.environment === 'shared' &&
        this.classesOf(fact).includes(environment.class) &&
        this.layered.get(placeKey(fact) ?? '')?.has(environment.name),
    );
    return withoutHidden([...own, ...base]).map((fact) =>
      fact.environment === 'shared' ? { ...fact, environment: environment.name } : fact,
    );
  }

  /**
   * Whether a shared fact is in force in an environment. Where environments of its class have files in the fact's stack of layers,
   * the fact is theirs: a second name of the class, known from elsewhere, says nothing of them.
   */
  reaches(fact: Fact, environment: Environment): boolean {
    if (fact.environment !== 'shared' || !this.classesOf(fact).includes(environment.class)) return false;
    const layered = this.layered.get(placeKey(fact) ?? '') ?? new Set();
    const others = [...layered].some((name) => this.classes.get(name) === environment.class);
    return !others || layered.has(environment.name);
  }

  /** The facts in force in each environment of any other class, an environment a list. */
  effectiveOutside(cls: EnvironmentClass, facts: readonly Fact[]): Fact[][] {
    return this.environments
      .filter((environment) => environment.class !== cls)
      .map((environment) => this.effectiveIn(facts, environment));
  }

  /** The chart values that a path leads to; a variable among them goes by its own name: `LOG_LEVEL` for `env.LOG_LEVEL`. */
  chartValues(path: string): Fact[] {
    const last = path.split('.').at(-1) ?? '';
    const named = last === path ? [] : this.factsOf(last, 'value').filter((fact) => fact.reader === 'helm-values');
    return [...this.factsOf(path, 'value'), ...named];
  }

  /** The variables that templates fill from a chart's value: `SHOW_LOGIN` for `app.showLogin`. */
  namesOfChartValue(path: string): string[] {
    return [
      ...new Set(
        this.rowsOf('values-reference')
          .filter((row) => row.facts.some((fact) => fact.value === path))
          .map((row) => row.subject),
      ),
    ];
  }

  /** Of some facts those that a fact is to be compared with: of the same stack of layers, where there are any, else all. */
  counterparts(fact: Fact, others: readonly Fact[]): readonly Fact[] {
    const layer = layerOf(fact);
    const same = others.filter((other) => layer.place !== undefined && isSamePlace(layerOf(other), layer));
    return same.length > 0 ? same : others;
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

  /** The lines at which the program goes by keys. Reads files again: to be asked once, for all keys that matter. */
  usesOf(keys: readonly string[]): UsesOf {
    return this.lookUp(
      new Map(keys.map((key) => [key, (this.bySubject.get(key) ?? []).flatMap((row) => row.facts)] as const)),
    );
  }

  /** Whether the repository has a file or a folder of that path. */
  hasPath(path: string): boolean {
    return this.paths.has(path.replace(/^\.\//, ''));
  }

  /** Whether a JavaScript module of that path lies somewhere below a folder of the repository, its ending left out: `i18n/client`. */
  hasModule(path: string): boolean {
    this.modules ??= groupBy(this.paths, moduleName);
    const found = [posix.basename(path), 'index'].flatMap((name) => this.modules?.get(name) ?? []);
    const module = new RegExp(`(?:^|/)${escapePattern(path)}(?:/index)?\\.[cm]?[jt]sx?$`);
    return found.some((each) => module.test(each));
  }

  /** Whether a fact stands in a file that tells a CI system what to do. */
  isPipeline(fact: Fact): boolean {
    return this.pipelines.has(fact.reader);
  }

  /** Whether a fact is of a container that runs somebody else's image: a database's own settings are not the application's. */
  isForeignUnit(fact: Fact): boolean {
    if (fact.unit === undefined) return false;
    const images = this.images.get(`${fact.unit}\u0000${fact.evidence.path}`) ?? [];
    if (images.some((other) => !isOwnImage(other))) return true;
    // An image whose name is computed is the one that is built beside the manifest; a service of compose names its folder.
    const context = this.factsOf(fact.unit, 'build-context').find(
      (other) => other.evidence.path === fact.evidence.path,
    );
    const isBuilt = images.some((other) => other.value === null || String(other.value).includes('${'));
    if (context === undefined && !isBuilt) return false;
    const folder = posix.join(posix.dirname(fact.evidence.path), String(context?.value ?? '.'));
    const beside = this.builds.get(posix.normalize(folder).replace(/\/$/, '')) ?? [];
    return beside.length > 0 && beside.every((each) => !isOwnImage(each));
  }

  private folderOf(fact: Fact): string | undefined {
    return this.folders.find((folder) => fact.evidence.path.startsWith(`${folder}/`));
  }
}

/** An image of the application, or of the language that it is written in. */
function isOwnImage(fact: Fact): boolean {
  return fact.surface === 'operations' || fact.surface === 'runtime';
}

function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function readsSetting({ surface, subject, attribute }: Fact): boolean {
  return (
    surface === 'config' &&
    (attribute === 'read' || attribute === 'default') &&
    /^[A-Za-z][\w-]*(?:[.:][\w-]+)+$/.test(subject)
  );
}

/** The variable that Spring (`mail.reply-to`) or .NET (`Mail:ReplyTo`) takes a setting from. */
function variableOf(setting: string): string {
  return setting.includes(':')
    ? setting.replaceAll(':', '__')
    : setting.replaceAll('.', '_').replaceAll('-', '').toUpperCase();
}

/** A variable that a framework binds to a setting is that setting's value too. */
function boundByName(facts: readonly Fact[]): Fact[] {
  const settings = new Map(facts.filter(readsSetting).map((fact) => [variableOf(fact.subject), fact.subject]));
  return facts.flatMap((fact) => {
    const subject =
      fact.surface === 'config' && ['value', 'secret-reference', 'values-reference'].includes(fact.attribute)
        ? settings.get(fact.subject)
        : undefined;
    return subject === undefined || subject === fact.subject ? [] : [{ ...fact, subject }];
  });
}

/** What an env file, or the settings of another environment, sets is in force wherever it is taken: CI that copies `.env.example` runs with it. */
function linkedByEnvFile(facts: readonly Fact[], classes: ReadonlyMap<string, EnvironmentClass>): Fact[] {
  const byPath = groupBy(facts, (fact) => fact.evidence.path);
  const taken = facts.filter(
    (fact) => ['env-file', 'inherits'].includes(fact.attribute) && fact.environment !== 'shared',
  );
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

/** Names a fact's place in its stack of layers; `undefined` where the stack has no places. */
/** What a module is called in its folder. */
function moduleName(path: string): string | undefined {
  return /([^/]+)\.[cm]?[jt]sx?$/.exec(path)?.[1];
}

function placeKey(fact: Fact): string | undefined {
  const { stack, place } = layerOf(fact);
  return place === undefined ? undefined : `${stack}\u0000${place}`;
}

/** The environments that have a file of their own, by place. A program that says of several what it makes for each is nobody's own. */
function environmentsByPlace(facts: readonly Fact[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const programs = groupBy(facts, ({ reader, evidence }) => (reader === 'terraform' ? evidence.path : undefined));
  const isOfAll = (path: string): boolean =>
    new Set((programs.get(path) ?? []).map(({ environment }) => environment)).size > 1;
  const ofAll = new Set([...programs.keys()].filter(isOfAll));
  for (const fact of facts) {
    const key = placeKey(fact);
    if (key === undefined || fact.environment === 'shared' || ofAll.has(fact.evidence.path)) continue;
    found.set(key, (found.get(key) ?? new Set()).add(fact.environment));
  }
  return found;
}

/**
 * What a base file sets (`compose.yaml`, `.env`) holds in each environment that lays a file of its own over it, where that file
 * does not set it itself. A service counts where the upper file has no image and no build of its own for it.
 */
function laidUnder(facts: readonly Fact[]): Fact[] {
  const bases = groupBy(
    facts.filter((fact) => layerOf(fact).isBase),
    placeKey,
  );
  const uppers = groupBy(
    facts.filter((fact) => bases.has(placeKey(fact) ?? '') && !layerOf(fact).isBase),
    (fact) => `${placeKey(fact)}\u0000${fact.environment}`,
  );
  return [...uppers.values()].flatMap((upper) => {
    const [first] = upper;
    const base = (first && bases.get(placeKey(first) ?? '')) ?? [];
    if (!first || first.environment === 'shared') return [];
    const whole = new Set(upper.filter(startsUnit).map((fact) => fact.unit));
    const units = new Set(upper.map((fact) => fact.unit));
    const aspects = new Set(upper.map(aspectOf));
    return base
      .filter(
        (fact) =>
          fact.environment !== first.environment &&
          units.has(fact.unit) &&
          !whole.has(fact.unit) &&
          !aspects.has(aspectOf(fact)),
      )
      .map((fact) => ({ ...fact, environment: first.environment }));
  });
}

/** A service that names its image or build stands by itself. */
function startsUnit(fact: Fact): boolean {
  return (
    fact.attribute === 'image' || (fact.attribute === 'process' && ['build', 'image'].includes(String(fact.value)))
  );
}

function aspectOf({ surface, subject, attribute, unit }: Fact): string {
  return [surface, subject, attribute, unit ?? ''].join('\u0000');
}
