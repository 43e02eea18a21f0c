import { parseShell } from '../../syntax/shell.ts';
import { entries, items, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { toolSubject } from './tool-subject.ts';

/** A map of tools with one version or several: `nodejs: 18`, `python: ["3.11", "3.12"]`. */
export function toolVersionFindings(map: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  return entries(map).flatMap(({ key, value }) => versionsOf(key, value, where));
}

/** The versions of one tool, a scalar or a list of them. */
export function versionsOf(tool: string, versions: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  return items(versions).flatMap((each): Finding[] => {
    if (each.kind !== 'scalar' || each.value === null) return [];
    const value = /[${]/.test(each.text) ? null : each.text;
    return [findingAt({ ...where, line: each.line }, { ...toolSubject(tool), attribute: 'version', value })];
  });
}

/** `nvm install 20`, `nvm use 20`: the version that a build switches to. */
export function versionCommandFindings(script: string, firstLine: number, where: Omit<Place, 'line'>): Finding[] {
  return parseShell(script, firstLine).flatMap(({ words, line }): Finding[] => {
    const [name, verb, version] = words.map((word) => word.text);
    if (name !== 'nvm' || !/^(?:install|use)$/.test(verb ?? '') || !/^v?\d[\w.]*$/.test(version ?? '')) return [];
    return [findingAt({ ...where, line }, { ...toolSubject('node'), attribute: 'version', value: version ?? null })];
  });
}
