/** What the name of a generated skill ends with. */
export const SKILL_SUFFIX = '-production-parity';
/** What generate writes, from the skill's folder. */
export const SKILL_FILE = 'SKILL.md';
export const MAP_FILE = 'parity-map.yaml';
export const REGISTER_FILE = 'references/register.md';
export const SURFACES_FILE = 'references/surfaces.md';
export const CHECKER_FILE = 'scripts/check-parity.mjs';
