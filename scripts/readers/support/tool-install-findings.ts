import tools from '../../../resources/tools.json' with { type: 'json' };
import { parseShell, type ShellCommand } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { toolSubject } from './tool-subject.ts';
import { withoutWrappers } from './without-wrappers.ts';

type Where = Omit<Place, 'line'>;

interface Install {
  pattern: string;
  tool?: string;
}

const installs = (tools.installs as Install[]).map(({ pattern, tool }) => ({ pattern: new RegExp(pattern), tool }));
const VERSION = /^(?:v?\d[\w.+-]*|latest|stable|lts|next)$/i;
/** A release that a clone is held to: `v0.14.0`, `1.2`, no branch. */
const RELEASE = /^v?\d+(?:\.\d+)+[\w.-]*$/;
const MAX_COMMAND = 1_000;

/** The tools that the commands of a script install at a version that is told: `npm install -g pnpm@9`, `git clone --branch v0.14.0`. */
export function toolInstallsOf(text: string, firstLine: number, where: Where): Finding[] {
  return parseShell(text, firstLine).flatMap((each) => toolInstallFindings(withoutWrappers(each), where));
}

/** The same of one command without its wrappers. */
export function toolInstallFindings({ words, line }: ShellCommand, where: Where): Finding[] {
  const end = words.findIndex((word) => word.operator);
  const told = words.slice(0, end === -1 ? undefined : end);
  const command = told.map((word) => word.text).join(' ');
  if (command.length > MAX_COMMAND) return [];
  const place = { ...where, line: told[0]?.line ?? line };
  for (const { pattern, tool: own } of installs) {
    const { tool = own, version, upgraded } = pattern.exec(command)?.groups ?? {};
    if (upgraded !== undefined) return [said(upgraded, 'latest', place)];
    if (tool !== undefined && version !== undefined && VERSION.test(version)) return [said(tool, version, place)];
  }
  const cloned = cloneOf(command);
  return cloned ? [said(cloned.tool, cloned.version, place)] : [];
}

function said(tool: string, version: string, place: Place): Finding {
  return findingAt(place, { ...toolSubject(tool), attribute: 'version', value: version });
}

/** A clone of a repository at one of its releases. */
function cloneOf(command: string): { tool: string; version: string } | undefined {
  if (!command.startsWith('git clone ')) return undefined;
  const version = /\s(?:--branch[= ]|-b )(\S+)/.exec(command)?.[1];
  const tool = /\s(?:https?:\/\/|git@)\S{1,300}?\/([\w.-]+?)(?:\.git)?(?:\s|$)/.exec(command)?.[1];
  return tool !== undefined && version !== undefined && RELEASE.test(version) ? { tool, version } : undefined;
}
