import { classOf } from '../../environments/names.ts';
import { splitLines } from '../../syntax/lines.ts';
import type { Finding } from '../reader.ts';
import { schemeFindings } from './config-findings.ts';

/** The environments that a stretch of a script is for: those that a condition names, or all but those. */
interface Arm {
  names: readonly string[];
  isOther: boolean;
}

const IF = /^\s*if\s+(?<condition>.{1,300}?);?\s*(?:then)?\s*$/;
const EXPORT = /^\s*export\s+(?<key>[A-Z][A-Z0-9_]{1,119})=(?<value>["']?[a-z][a-z0-9+:]{1,30}:\/\/.*)$/;
/** `$TARGET_ENV == "local"`, one test or several joined by "or". */
const TEST = /\$\{?\w*(?:ENV|ENVIRONMENT|STAGE)\b[^=!]{0,30}\s={1,2}\s*["']?(?<name>[\w-]{1,40})["']?/g;

/** The services whose addresses a script exports to what it starts, where it does so by the environment's name. */
export function exportedConnections(text: string): Finding[] {
  const arms: (Arm | undefined)[] = [];
  return splitLines(text).flatMap((line, index): Finding[] => {
    const condition = IF.exec(line)?.groups?.condition;
    if (condition !== undefined) arms.push(armOf(condition));
    else if (/^\s*elif\b/.test(line)) arms.splice(-1, 1, undefined);
    else if (/^\s*else\b/.test(line)) {
      const arm = arms.pop();
      arms.push(arm && { ...arm, isOther: true });
    } else if (/^\s*fi\b/.test(line)) arms.pop();
    const { key, value } = EXPORT.exec(line)?.groups ?? {};
    const arm = arms.find((each) => each !== undefined);
    if (key === undefined || value === undefined || !arm) return [];
    return placesOf(arm).flatMap((place) =>
      schemeFindings(key, value, { ...place, line: index + 1 }).map((found) => ({ ...found, ...place })),
    );
  });
}

function placesOf({ names, isOther }: Arm): Pick<Finding, 'environment' | 'except'>[] {
  return isOther ? [{ environment: 'shared', except: names }] : names.map((environment) => ({ environment }));
}

function armOf(condition: string): Arm | undefined {
  if (/&&|!=|\s-a\s|^\s*!/.test(condition)) return undefined;
  const names = [...condition.matchAll(TEST)].map((match) => match.groups?.name ?? '');
  return names.length > 0 && names.every((name) => classOf(name) !== undefined) ? { names, isOther: false } : undefined;
}
