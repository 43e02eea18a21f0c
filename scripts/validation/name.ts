import { slug } from '../repository/applications.ts';
import { SKILL_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

const MAX_NAME = 64;
const SUFFIX = '-production-parity';

export const check: Check<Target> = {
  meta: {
    code: 'name',
    what: 'the name is a valid skill name, the name of its folder, and the application’s with -production-parity',
    mend: 'give frontmatter, folder and map one name: lower-case letters, digits, single hyphens, ending in -production-parity',
  },
  run({ frontmatter, name: folder, map }) {
    if (frontmatter.problem) return [];
    const entry = frontmatter.values.get('name');
    const line = entry?.line ?? 1;
    const message = whyNot(entry?.value, folder, map.file?.map.application.name);
    return message === undefined ? [] : [{ path: SKILL_FILE, line, message }];
  },
};

function whyNot(name: unknown, folder: string, application: string | undefined): string | undefined {
  if (typeof name !== 'string' || name === '') return 'there is no name, or it is not a text';
  if (name.length > MAX_NAME) return `the name has ${name.length} characters, more than ${MAX_NAME}`;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    return `the name "${name}" is not lower-case ASCII letters, digits and single hyphens`;
  }
  if (!name.endsWith(SUFFIX)) return `the name "${name}" does not end with ${SUFFIX}`;
  if (name !== folder) return `the name "${name}" is not that of its folder, "${folder}"`;
  if (application !== undefined && slug(application) !== name.slice(0, -SUFFIX.length)) {
    return `the name "${name}" is not of the map's application, "${application}"`;
  }
  return undefined;
}
