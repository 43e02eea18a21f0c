import type { Finding } from '../reader.ts';
import { environmentOfScript } from './script-environment.ts';
import { shellFindings } from './shell-findings.ts';

/** The commands of a target of a make, just or task file. */
export interface Recipe {
  target: string;
  /** One command, or several lines of them. */
  text: string;
  /** From 1. */
  line: number;
  /** The folder it runs in, from the repository's root. */
  folder?: string;
}

/** What the commands of a target say, in the environment that its name tells (`dev`, `test-e2e`, `deploy-prod`), else for all that use it. */
export function recipeFindings({ target, text, line, folder }: Recipe): Finding[] {
  const place = { ...(environmentOfScript(target) ?? { environment: 'shared' }), unit: target };
  return shellFindings(text, line, folder === undefined ? place : { ...place, folder });
}
