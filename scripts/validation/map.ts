import { MAP_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'map',
    what: 'parity-map.yaml is there, is one plain YAML document, and fits resources/parity-map.schema.json',
    mend: 'mend the map by its schema, then generate the skill again',
  },
  run: ({ map }) => (map.problem ? [{ path: MAP_FILE, ...map.problem }] : []),
};
