import type { Matrix } from '../drift/matrix.ts';
import type { Drift, Lead, Placement, Question } from '../model.ts';

/** What a question can be raised by. */
export interface Situation {
  matrix: Matrix;
  drift: readonly Drift[];
  leads: readonly Lead[];
  placement: Placement;
}

/** One kind of decision that files cannot make; one file each in `scripts/questions/rules`. */
export interface QuestionRule {
  name: string;
  /** What it asks, for the documentation. */
  asks: string;
  /** How much of the generated skill hangs on the answer, from 0 to 100: what production is, who gets in and whose data before what is only run otherwise. */
  weight: number;
  /** What one of its questions weighs less than the kind does. */
  lighter?(question: Question): number;
  /** Those that matter most first. */
  find(situation: Situation): Question[];
  /** Whoever answers can always decide it: there is nothing that they might not know. */
  decidable?: true;
}

/** The last option of every question that somebody may be unable to answer. */
export const NOT_KNOWN: Question['options'][number] = {
  label: 'Not known: keep it as an open risk',
  effect: 'It stands among the open risks, with whom to ask, until somebody confirms an answer.',
};

/** The most lines that a question shows as its reason. */
export const MAX_BECAUSE = 4;
