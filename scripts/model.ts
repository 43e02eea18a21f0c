/**
 * The model that every part agrees on. The JSON Schemas in `resources/` are made from these types (`npm run schema`),
 * and a test proves the two equal.
 */

/** The eight surfaces of `resources/parity-surface-catalog.md`. */
export type Surface = 'identity' | 'config' | 'runtime' | 'data' | 'services' | 'edge' | 'operations' | 'providers';

/** What an environment is for. The repository chooses names, we choose classes. A deployed `dev` is `staging`. */
export type EnvironmentClass = 'production' | 'staging' | 'preview' | 'ci' | 'test' | 'local';

/** `high`: who gets in, whose data, or an outage only in production. `low`: worth knowing, changes little. */
export type Severity = 'high' | 'medium' | 'low';

/** A value that a file states; `null` when it is withheld (a secret) or computed at run time. */
export type Value = string | number | boolean | null;

/** The line that a claim rests on. */
export interface Evidence {
  /** From the repository's root, with `/`. */
  path: string;
  /**
   * From 1.
   * @asType integer
   * @minimum 1
   */
  line: number;
  /** That line, trimmed, secrets withheld, at most 160 characters. */
  excerpt: string;
}

/** One thing that one line says of one environment. */
export interface Fact {
  surface: Surface;
  /** What it is about: `postgresql`, `node`, `SESSION_SECRET`. */
  subject: string;
  /** Which property of the subject: `version`, `image`, `value`, `default`. See `docs/facts.md`. */
  attribute: string;
  value: Value;
  /** An environment's name as the repository writes it, or `shared`: in force everywhere that the file reaches. */
  environment: string;
  /** The service, container or job that the fact is of, where the file tells. */
  unit?: string;
  /** The reader that found it: a file name in `scripts/readers`. */
  reader: string;
  evidence: Evidence;
}

export interface Environment {
  /** As the repository writes it. */
  name: string;
  class: EnvironmentClass;
  /** The first lines that name it. */
  evidence: Evidence[];
  /** What people said in the parity map is this environment's: globs of files, CI jobs, deployed units, other names. */
  paths?: string[];
  jobs?: string[];
  stacks?: string[];
  names?: string[];
}

/** What one environment has, in a drift. */
export interface Side {
  environment: string;
  value: Value;
  evidence: Evidence;
}

/** A difference that changes behaviour, with the lines of both sides. */
export interface Drift {
  /** Made of rule, subject and environments, never of lines: it survives edits, and a register can name it. */
  id: string;
  /** A file name in `scripts/drift/rules`. */
  rule: string;
  surface: Surface;
  subject: string;
  /** One sentence with the values of both sides. */
  title: string;
  severity: Severity;
  sides: Side[];
  /** For a claim of absence: which environments lack it, and the files in which it was looked for. */
  missing?: { environments: string[]; lookedIn: string[] };
  /** Digests of further lines that it rests on, which `sides` leaves out; see `scripts/drift/lines-of-drift.ts`. */
  unshown?: string[];
  /** What somebody would notice in production. */
  why: string;
  /** The fix pattern. */
  fix: string;
  /** What would keep it from coming back. */
  guard: string;
  /** The id of the question that decides it. */
  question?: string;
  /** Lines beside its sides that somebody would open next: where else its key is set, read and decided on. */
  evidence?: Evidence[];
  /** Lines that say why it is so: a comment, a record of a decision, a refusal of the program. */
  intent?: Evidence[];
  /** Tests that run what production does. */
  guardedBy?: Evidence[];
  /** Its entry in a register that the repository has already. */
  registered?: Evidence;
}

/** A decision that files cannot make. */
export interface Question {
  id: string;
  surface: Surface;
  subject: string;
  ask: string;
  /** The lines that raise it. */
  because: Evidence[];
  options: { label: string; effect: string; recommended?: true }[];
  /** What the answer decides in the generated skill. */
  settles: string;
}

/** A line worth an agent's eyes that no rule could decide. */
export interface Lead {
  surface: Surface;
  subject: string;
  why: string;
  evidence: Evidence;
}

/** Where the generated skill belongs. */
export interface Placement {
  /** The folder that holds the repository's skills, from its root; `null`: no convention, or several: ask. */
  skillsDir: string | null;
  /** Why: one sentence. */
  reason: string;
  /** Every convention found, the strongest first. */
  candidates: { skillsDir: string; agent: string; evidence: string }[];
  /** Skills folders that git ignores here: nobody else would get a skill in them. */
  ignored?: string[];
}

/** An application of a repository. */
export interface Application {
  name: string;
  /** Its folder from the root; `.` for the root itself. */
  path: string;
}

/** What was read and what was not. Silence is never "no drift". */
export interface Coverage {
  /** How many files the repository has, as far as it was listed. */
  files: number;
  /** Files that a reader took facts from, or tried to. Source files without facts are only counted. */
  read: { path: string; reader: string; facts: number }[];
  /** Source files that were scanned, by reader. */
  scanned: { [reader: string]: number };
  /** Parity-relevant files, or parts of them, that nothing could read. */
  unread: { path: string; reason: string }[];
}

/** What `inspect` writes: everything the files say, and what they cannot say. */
export interface Inspection {
  schemaVersion: 1;
  app: Application & { applications: Application[] };
  environments: Environment[];
  facts: Fact[];
  drift: Drift[];
  /** At most ten, the most important first. */
  questions: Question[];
  /** Decisions beyond those: they stay open risks. */
  unasked?: Question[];
  leads: Lead[];
  placement: Placement;
  coverage: Coverage;
}
