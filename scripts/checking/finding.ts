import type { ReportedFinding } from '../output/report-findings.ts';

/** What the checker can find, as SARIF's rules have it. A `note` fails nothing. */
export const CHECKS = {
  'new-drift': {
    level: 'error',
    what: 'A difference between environments that the parity map does not name.',
    mend: 'Mend the difference at the line it names, or add it to the register of the parity map with its reason and guard.',
  },
  'widened-drift': {
    level: 'error',
    what: 'A registered difference has reached further environments, or rests on more lines than when it was accepted.',
    mend: 'Mend it there, or draft again, which renames the entry, and check that its reason and guard still hold.',
  },
  'narrowed-difference': {
    level: 'error',
    what: 'A registered difference is mended in some of its environments.',
    mend: 'Draft again, which renames the entry; without that, give the entry the id that is named here and take out of its texts and lines what is mended. Then generate the skill from the map.',
  },
  'one-sided-change': {
    level: 'error',
    what: 'One environment alone lost or gained a key or a service since the parity map was drafted.',
    mend: 'Take it back, make the same change in the other environments, or decide on its id in the parity map: in the register, or under dismissed where it is no difference.',
  },
  'changed-setting': {
    level: 'error',
    what: 'A setting that decides on who gets in, or what browsers may do, is not what it was when the parity map was drafted.',
    mend: 'Set it back, or check what the parity map says of its surface, cite the line there as it is now, and generate the skill.',
  },
  'stale-citation': {
    level: 'error',
    what: 'A line that the parity map cites says something else now.',
    mend: 'Check the claim in the parity map, then write the new line and its text there.',
  },
  'gone-difference': {
    level: 'error',
    what: 'A registered difference is mended, and its entry still stands in the parity map.',
    mend: 'Look at which side changed; if production is still as it is meant to be, remove the entry and generate the skill again.',
  },
  'missing-guard': {
    level: 'error',
    what: 'The file that guards a difference is gone.',
    mend: 'Restore the file, or name its successor as the guard.',
  },
  'review-trigger': {
    level: 'error',
    what: 'A path that the review trigger of a register entry names has changed, and nobody looked at the entry.',
    mend: 'Look at the entry again and change it, or write the day as its `reviewed`.',
  },
  'recited-entry': {
    level: 'error',
    what: 'The lines that a register entry cites were changed since the skill was generated, and what it says of them was not.',
    mend: 'Check what the entry says, then change or remove it, or write the day as its `reviewed`.',
  },
  'outdated-text': {
    level: 'note',
    what: 'A text of the skill is not the one that its parity map gives.',
    mend: 'Generate the skill again.',
  },
  'moved-citation': {
    level: 'note',
    what: 'A line that the parity map cites stands on another line now.',
    mend: 'Run the checker with --update-citations.',
  },
} as const satisfies { [code: string]: { level: 'error' | 'note'; what: string; mend: string } };

export type CheckCode = keyof typeof CHECKS;

export interface CheckFinding extends ReportedFinding {
  code: CheckCode;
  level: 'error' | 'note';
}

/** A finding with the level of its code. */
export function findingOf(finding: Omit<CheckFinding, 'level' | 'related'> & Partial<CheckFinding>): CheckFinding {
  return { level: CHECKS[finding.code].level, related: [], ...finding };
}
