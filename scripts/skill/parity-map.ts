import type { EnvironmentOverride } from '../environments/overrides.ts';
import type { Severity, Surface } from '../model.ts';

/** A text that starts with this is a gap that needs a person's or an agent's judgement. `lint` and `validate` refuse it. */
export const GAP = 'TODO:';

/** A line that a claim rests on, found again by its text when lines move. */
export interface Citation {
  /** From the repository's root, with `/`. */
  path: string;
  /**
   * From 1.
   * @asType integer
   * @minimum 1
   */
  line: number;
  /** That line as an inspection's excerpt gives it: trimmed, secrets withheld, at most 160 characters. */
  text: string;
  /** What that line stands under, the nearest first, where the file says the same on several lines. Written by `draft` and `generate`. */
  under?: string[];
}

/** What fails when the difference grows. */
export interface Guard {
  kind: 'test' | 'schema' | 'smoke' | 'contract' | 'policy' | 'none';
  /** One line: what it checks; for `none`, what it should be. */
  what: string;
  /** The file that holds it, from the repository's root. */
  path?: string;
  /** The line of that file that is the guard, where the file holds more: a test's name, a job's key. */
  text?: string;
}

export interface MapEnvironment extends EnvironmentOverride {
  citations: Citation[];
}

/** A place where production's behaviour is written down, or a captured answer that says it. */
export interface TruthSource {
  source: string;
  says: string;
  citations: Citation[];
  /** The id of a decision, where people, not files, are the source. */
  decision?: string;
}

export interface SurfaceEntry {
  surface: Surface;
  /** What production does. */
  production: string;
  /** How each other environment represents it, with the lines that say so. */
  environments: { name: string; representation: string; citations?: Citation[] }[];
  /** What would go wrong unseen. */
  risk: string;
  guard: Guard;
  fix: string;
  /** A team, a person, or an escalation path. */
  owner: string;
  citations: Citation[];
}

/** An entry of the divergence register: its eight fields, and what the checker needs to find it again. */
export interface RegisterEntry {
  /** The id of the drift in an inspection. */
  id: string;
  surface: Surface;
  subject: string;
  severity: Severity;
  title: string;
  /** `keep`: wanted, with reason and guard; `mend`: to be fixed. */
  intent: 'keep' | 'mend';
  production: string;
  nonProduction: string;
  reason: string;
  risk: string;
  guard: Guard;
  /** For `mend`: how. */
  fix?: string;
  owner: string;
  reviewTrigger: string;
  /**
   * The day on which somebody last looked again, because the trigger fired.
   * @pattern ^\d{4}-\d{2}-\d{2}$
   */
  reviewed?: string;
  citations: Citation[];
}

/** A question that was asked, and what people said. */
export interface Decision {
  /** The id of the question in an inspection. */
  id: string;
  question: string;
  answer: string;
  by: string;
  /**
   * The day, or a gap.
   * @pattern ^(?:\d{4}-\d{2}-\d{2}|TODO:.*)$
   */
  date: string;
  settles: string;
  /** Nobody could answer: the recommended option stands in, and is an open risk until someone confirms it. */
  assumed?: true;
  citations: Citation[];
}

/** Known and not decided: the checker accepts it, readers see it. */
export interface OpenRisk {
  /** The id of a drift or a question. */
  id: string;
  title: string;
  severity: Severity;
}

/** A difference that the inspection reports and its lines do not bear out, with what somebody saw there. */
export interface Dismissed {
  /** The id of a drift. */
  id: string;
  /** What the lines say instead. */
  reason: string;
}

/** Where a key is set, or a service run: one file of one environment, or of `shared`. */
export interface Place {
  environment: string;
  /** From the repository's root. */
  path: string;
}

/** Names that the same places set or run. */
export interface Presence {
  places: Place[];
  keys: string[];
  services: string[];
}

/** What one file says of one subject, for the checker to tell when that changes. */
export interface RecordedSetting {
  surface: Surface;
  setting: string;
  environment: string;
  /** From the repository's root. */
  path: string;
  /** As written; several in one. */
  value: string;
}

/** A drift as `draft` found it. */
export interface RecordedDrift {
  id: string;
  /** What the inspection called it; people may have written another title. */
  title: string;
  /** Digests of the lines that it rested on, with spaces between. */
  lines: string;
  /** Digests of what draft wrote as title, severity, production and nonProduction of its register entry. */
  wrote?: string;
}

/** What `draft` remembers of its last run. */
export interface Drafted {
  /** The version of the builder: another one may read more, and what it reads is no change of the repository. */
  by: string;
  /** What it has put into the map so far, `part: name`: whatever of it people deleted stays deleted. */
  offered: string[];
  /** What stood where: the checker tells what one environment alone gained or lost since. */
  presence: Presence[];
  settings: RecordedSetting[];
  /** Versions of runtimes and services. */
  versions: RecordedSetting[];
  /** Each drift as it was found. */
  drift?: RecordedDrift[];
}

/** The one source of truth of a generated skill: SKILL.md is rendered from it, the checker holds the repository against it. */
export interface ParityMap {
  schemaVersion: 1;
  application: {
    name: string;
    /** The application's folder from the repository's root; `.` for the root. */
    path: string;
    /** The generated skill's folder from the repository's root. */
    skill: string;
  };
  environments: MapEnvironment[];
  productionTruth: TruthSource[];
  surfaces: SurfaceEntry[];
  register: RegisterEntry[];
  decisions: Decision[];
  openRisks: OpenRisk[];
  /** Looked at and not so; the checker accepts these ids. */
  dismissed?: Dismissed[];
  drafted?: Drafted;
}
