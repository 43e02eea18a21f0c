import { groupBy } from '../../output/group-by.ts';
import type { Finding } from '../reader.ts';

/** An environment that a file tells apart by itself, or all that it does not name: `shared` with `except`. */
export type Stage = Pick<Finding, 'environment' | 'class' | 'except'>;

/** What stands for the name of an environment that a file does not name: no literal is so. */
export const UNNAMED = '\u0000';

/** Every environment but those of some names. */
export function allBut(names: readonly string[]): Stage {
  return { environment: 'shared', except: names };
}

/**
 * What a file says of each environment as findings of all: what it says of all alike stands once, as it was found, and the rest under the
 * environments that it holds in.
 */
export function acrossStages(each: readonly { stage: Stage; findings: readonly Finding[] }[]): Finding[] {
  const all = each.flatMap(({ stage, findings }) => findings.map((finding) => ({ stage, finding })));
  const said = groupBy(all, ({ finding: { line: _, ...rest } }) => JSON.stringify(rest));
  return [...said.values()].flatMap((alike) => {
    const own = new Map<Stage, Finding>();
    for (const { stage, finding } of alike) if (!own.has(stage)) own.set(stage, finding);
    const [first] = alike;
    if (first?.finding.environment !== 'shared' || own.size === each.length) return first?.finding ?? [];
    return [...own].map(([stage, finding]) => ({ ...finding, ...stage }));
  });
}

/** The line on which a file tells an environment apart, of a part of it. */
export function saysStage(subject: string, name: string, line: number, stage: Stage): Finding {
  const value = name === UNNAMED ? null : name;
  return { surface: 'operations', subject, attribute: 'stage', value, line, ...stage };
}
