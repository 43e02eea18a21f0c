import type { EnvironmentClass, Surface, Value } from '../model.ts';
import type { FileWords } from '../syntax/sought.ts';

/** A file as readers see it: text only, no file system behind it. */
export interface SourceFile {
  /** From the repository's root, with `/`. */
  path: string;
  /** May be made only when it is asked for: a reader first asks `mayMatch` or `matchesIn` of `syntax/sought.ts`. */
  text: string;
  /** What is known of its words before anybody looks at the text. */
  words?: FileWords;
}

/** A fact before the path, the reader's name and the redacted excerpt are added to it. */
export interface Finding {
  surface: Surface;
  subject: string;
  attribute: string;
  value: Value;
  /** An environment's name, or `shared`. */
  environment: string;
  /** Needed where the vocabulary alone would give the name another class, as for a deployed `dev`. */
  class?: EnvironmentClass;
  unit?: string;
  /** With `shared`: in force in every environment but those of these names and their classes, as an `else` behind their names tells. */
  except?: readonly string[];
  /** The value is a secret by where it stands, whatever its key is called: it is withheld, in the excerpt too. */
  secret?: true;
  /** From 1. */
  line: number;
}

export interface ReadResult {
  findings: Finding[];
  /** What stood before this was read; the rest was not. One line each, naming the place. */
  broken?: string[];
}

export interface Reader {
  /** Its file's name in `scripts/readers`. */
  name: string;
  /** What it reads, for the README's table. */
  reads: string;
  /** The classes of environment that a `shared` fact of this format is in force in. */
  reach: readonly EnvironmentClass[];
  /** Reads program text: its files are counted, and named only where they yield facts. */
  source?: true;
  /** Its files tell a CI system what to do: their jobs are no processes of the application, their keys are for their own steps. */
  pipeline?: true;
  /** Takes only files that no other reader takes. */
  fallback?: true;
  /**
   * How a path must end that `matches` is asked of: its name from the last dot, in small letters; `''` for a name without one. Any unless
   * told. It spares the question for all other files.
   */
  endings?: readonly string[];
  /** Whether the path alone makes the file a candidate. */
  matches(path: string): boolean;
  /** What a file defines for the other files that this reader reads; asked of all files before the first is read. Pure. */
  definitions?(file: SourceFile): string[];
  /**
   * `null`: the content shows that it is not this format after all. `definitions`: what `definitions` gave, over all files.
   * Pure; may throw only on a defect of its own.
   */
  read(file: SourceFile, definitions?: readonly string[]): ReadResult | null;
}

/** In force wherever the application runs. */
export const EVERYWHERE: readonly EnvironmentClass[] = ['production', 'staging', 'preview', 'ci', 'test', 'local'];
/** In force wherever the application is deployed. */
export const DEPLOYED: readonly EnvironmentClass[] = ['production', 'staging', 'preview'];
/** In force on developers' machines. */
export const LAPTOP: readonly EnvironmentClass[] = ['local'];
/** In force where developers and CI run what the repository offers them. */
export const MACHINES: readonly EnvironmentClass[] = ['local', 'ci', 'test'];
