import { SKILL_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

const MAX_COMPATIBILITY = 500;

/** What is wrong with the value of each key that the Agent Skills specification knows; `undefined`: nothing. */
const rules = new Map<string, (value: unknown) => string | undefined>([
  ['name', () => undefined],
  ['description', () => undefined],
  ['license', notText],
  ['compatibility', notShortText],
  ['metadata', notTextByText],
  ['allowed-tools', notTools],
]);

export const check: Check<Target> = {
  meta: {
    code: 'frontmatter-keys',
    what: 'the frontmatter has the keys of the Agent Skills specification and no others, each of its type and length',
    mend: `use only ${[...rules.keys()].join(', ')}, and quote every value`,
  },
  run({ frontmatter }) {
    return [...frontmatter.values].flatMap(([key, { line, value }]) => {
      const rule = rules.get(key);
      const message = rule ? rule(value) : 'is no key of the specification';
      return message === undefined ? [] : [{ path: SKILL_FILE, line, message: `"${key}" ${message}` }];
    });
  },
};

function notText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? undefined : 'is not a text';
}

/** Names apart by spaces, or a list of names. */
function notTools(value: unknown): string | undefined {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return names.length > 0 && names.every((each) => notText(each) === undefined)
    ? undefined
    : 'is neither a text nor a list of texts';
}

function notShortText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return 'is not a text';
  const { length } = value.trim();
  return length > MAX_COMPATIBILITY ? `has ${length} characters, more than ${MAX_COMPATIBILITY}` : undefined;
}

function notTextByText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not a mapping of texts';
  const [key] = Object.entries(value).find(([, each]) => typeof each !== 'string') ?? [];
  return key === undefined ? undefined : `has a value that is not a text, at "${key}"`;
}
