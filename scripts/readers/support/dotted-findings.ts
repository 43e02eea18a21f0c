import { scalars, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { configFindings } from './config-findings.ts';
import { imageFindings } from './image-findings.ts';
import type { Place } from './place.ts';

/** Every scalar of a tree of values as the config key that its path is: `replicaCount`, `ingress.hosts.0`. `shift` is added to the lines. */
export function dottedFindings(tree: Tree | undefined, where: Omit<Place, 'line'>, shift = 0): Finding[] {
  if (tree === undefined || tree.kind === 'scalar') return [];
  return [...scalars(tree)].flatMap(({ keys, line, scalar }) => {
    const place = { ...where, line: line + shift };
    const value = configFindings(keys.join('.'), scalar.value === null ? '' : scalar, place);
    const isImage = /^image$/i.test(keys.at(-1) ?? '') && /[/:]/.test(scalar.text);
    return isImage ? [...value, ...imageFindings(scalar.text, place)] : value;
  });
}
