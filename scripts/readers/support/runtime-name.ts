import type { Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { toolSubject } from './tool-subject.ts';

/** Runtimes whose major version alone names no version, so that `python311` means 3.11. */
const TWO_PARTS = /^(?:python|php|ruby|go)$/;

/** A platform's name of a runtime taken apart: `nodejs20.x` is node 20, `python311` and `python3.11` are python 3.11. */
export function parseRuntimeName(name: string): { tool: string; version: string } | undefined {
  const [, tool = '', version = ''] = /^([a-z]+)-?(\d+(?:\.\d+)*)(?:\.x)?$/i.exec(name.trim()) ?? [];
  if (version === '') return undefined;
  const digits = TWO_PARTS.test(tool) && /^\d{2,3}$/.test(version);
  return { tool, version: digits ? `${version.slice(0, 1)}.${version.slice(1)}` : version };
}

/** The `version` of the runtime that a platform's name for it tells. */
export function runtimeNameFindings(node: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  const found = node?.kind === 'scalar' ? parseRuntimeName(node.text) : undefined;
  if (!node || !found) return [];
  return [
    findingAt(
      { ...where, line: node.line },
      { ...toolSubject(found.tool), attribute: 'version', value: found.version },
    ),
  ];
}
