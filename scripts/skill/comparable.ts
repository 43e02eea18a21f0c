import builder from '../../package.json' with { type: 'json' };
import type { Drafted, ParityMap } from './parity-map.ts';

/** What draft remembers of a map, where it was this version that wrote it: another one reads other things, which are no changes. */
export function comparable(map: ParityMap): Drafted | undefined {
  return map.drafted?.by === builder.version ? map.drafted : undefined;
}
