/** What the checker can find. `moved-citation` is a note: it fails nothing. */
export type CheckCode = 'new-drift' | 'stale-citation' | 'moved-citation' | 'gone-difference' | 'missing-guard';

export interface CheckFinding {
  code: CheckCode;
  level: 'error' | 'note';
  /** One line: what is so, and what to do. */
  message: string;
  /** From the repository's root, with `/`. */
  path: string;
  /** From 1. */
  line: number;
}
