import { posix } from 'node:path';
import type { Skill } from '../skill/read-skill.ts';
import { SKILL_FILE } from '../skill/skill-files.ts';
import { anchorOf, linksOf, type MarkdownLine } from '../syntax/markdown.ts';
import type { Check, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'link',
    what: 'every link of the skill leads to a file or heading that is there, one level of references deep',
    mend: 'link a file that exists, by its path from the file that links it',
  },
  run(skill, target) {
    return skill.texts.flatMap(({ path, lines }) =>
      lines
        .filter(({ fence }) => fence === null)
        .flatMap(({ text, number }) =>
          linksOf(text).flatMap((link) => {
            const message = whyNot(link.target, path, lines, skill, target);
            return message === undefined ? [] : [{ path, line: number, message }];
          }),
        ),
    );
  },
};

function whyNot(
  link: string,
  from: string,
  lines: readonly MarkdownLine[],
  { files }: Skill,
  { repository, skillPath }: Target,
): string | undefined {
  if (/^(?:https?:\/\/|mailto:)/i.test(link)) return undefined;
  if (link === '') return 'a link leads nowhere';
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith('/'))
    return `the link "${link}" leads out of the repository`;
  const [file = '', anchor] = decoded(link).split('#');
  if (file === '') {
    return anchor === undefined || hasHeading(lines, anchor) ? undefined : `no heading has the anchor "#${anchor}"`;
  }
  const inSkill = posix.normalize(posix.join(posix.dirname(from), file)).replace(/\/$/, '');
  if (!inSkill.startsWith('../')) {
    const deep = inSkill.split('/').length > 2;
    if (deep) return `the link "${link}" leads deeper than one level`;
    if (!files.includes(inSkill)) return `the link "${link}" leads to no file of the skill`;
    const chained = from !== SKILL_FILE && /^references\//.test(inSkill) && inSkill !== from;
    return chained ? `the link "${link}" chains references: SKILL.md itself should link it` : undefined;
  }
  if (skillPath === null) return undefined;
  const inRepository = posix.normalize(posix.join(skillPath, inSkill));
  const known = repository.files.some((path) => path === inRepository || path.startsWith(`${inRepository}/`));
  return known ? undefined : `the link "${link}" leads to no file of the repository`;
}

function hasHeading(lines: readonly MarkdownLine[], anchor: string): boolean {
  return lines.some(({ heading }) => heading !== undefined && anchorOf(heading.title) === anchor.toLowerCase());
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}
