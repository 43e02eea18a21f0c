import vocabulary from '../../../resources/edge.json' with { type: 'json' };
import type { ScalarNode, Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import type { Place } from './place.ts';
import { settingAt, settingFindings, settingTable } from './table-settings.ts';

const table = settingTable(vocabulary.traefik);

/** What a tree of Traefik's settings says, static or dynamic. */
export function traefikFindings(tree: Tree, where: Omit<Place, 'line'>): Finding[] {
  return settingFindings(tree, table, 'edge', where);
}

/** What one label of a container says to Traefik: `traefik.http.middlewares.limit.ratelimit.average` and its value. */
export function traefikLabelFindings(label: string, value: string, place: Place): Finding[] {
  if (!/^traefik\./i.test(label)) return [];
  const scalar: ScalarNode = { kind: 'scalar', line: place.line, text: value, value };
  return settingAt(label.split('.').slice(1), scalar, place.line, table, 'edge', place);
}
