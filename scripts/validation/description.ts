import { SKILL_FILE, type Skill } from '../skill/read-skill.ts';
import { phraseOf, wordsOf } from '../skill/words.ts';
import type { Check, Target } from './check.ts';

const MAX_DESCRIPTION = 1024;
/** Fewer words cannot say what a skill does and when. */
const MIN_WORDS = 8;

export const check: Check<Target> = {
  meta: {
    code: 'description',
    what: 'the description has at most 1024 characters and no angle brackets, and says what, when, parity or drift, and which application',
    mend: 'say in one or two sentences what the skill knows of this application and when an agent should use it',
  },
  run(skill) {
    if (skill.frontmatter.problem) return [];
    const entry = skill.frontmatter.values.get('description');
    const message = whyNot(entry?.value, skill);
    return message === undefined ? [] : [{ path: SKILL_FILE, line: entry?.line ?? 1, message }];
  },
};

function whyNot(value: unknown, { map, name }: Skill): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return 'there is no description, or it is not a text';
  const text = value.trim();
  if (text.length > MAX_DESCRIPTION)
    return `the description has ${text.length} characters, more than ${MAX_DESCRIPTION}`;
  if (/[<>]/.test(text)) return 'the description has an angle bracket, which some readers refuse';
  if (wordsOf(text).length < MIN_WORDS) return 'the description is too short to say what and when';
  const phrase = phraseOf(text);
  if (!/ (?:parity|drift|drifts|drifted|mismatch|mismatches) /.test(phrase)) {
    return 'the description names neither parity nor drift';
  }
  if (!/ (?:when|whenever|before|after|if|while) /.test(phrase))
    return 'the description does not say when to use the skill';
  const application = map.file?.map.application.name ?? name.replace(/-production-parity$/, '');
  return phrase.includes(phraseOf(application))
    ? undefined
    : `the description does not name the application, "${application}"`;
}
