import { posix } from 'node:path';
import type { Skill } from '../skill/read-skill.ts';
import { SKILL_FILE } from '../skill/skill-files.ts';
import { anchorsOf, linksOf, type MarkdownLine, readMarkdown } from '../syntax/markdown.ts';
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
  { files, texts }: Skill,
  { repository, skillPath, linesOf }: Target,
): string | undefined {
  if (/^(?:https?:\/\/|mailto:)/i.test(link)) return undefined;
  if (link === '') return 'a link leads nowhere';
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith('/'))
    return `the link "${link}" leads out of the repository`;
  const [file = '', anchor] = decoded(link).split('#');
  if (file === '') return whyNoHeading(lines, anchor, 'this file');
  const inSkill = posix.normalize(posix.join(posix.dirname(from), file)).replace(/\/$/, '');
  if (!inSkill.startsWith('../')) {
    const deep = inSkill.split('/').length > 2;
    if (deep) return `the link "${link}" leads deeper than one level`;
    if (!files.includes(inSkill)) return `the link "${link}" leads to no file of the skill`;
    const chained = from !== SKILL_FILE && /^references\//.test(inSkill) && inSkill !== from;
    if (chained) return `the link "${link}" chains references: SKILL.md itself should link it`;
    const linked = texts.find((each) => each.path === inSkill);
    return linked && whyNoHeading(linked.lines, anchor, inSkill);
  }
  if (skillPath === null) return undefined;
  const inRepository = posix.normalize(posix.join(skillPath, inSkill));
  const known = repository.files.some((path) => path === inRepository || path.startsWith(`${inRepository}/`));
  if (!known) return `the link "${link}" leads to no file of the repository`;
  const [, last] = /^L\d+(?:-L(\d+))?$/.exec(anchor ?? '') ?? [];
  const text = anchor === undefined ? undefined : linesOf(inRepository);
  if (text === undefined || anchor === undefined) return undefined;
  if (/^L\d/.test(anchor)) {
    return Number(last ?? anchor.slice(1)) <= text.length ? undefined : `${inRepository} has ${text.length} lines`;
  }
  return /\.md$/i.test(inRepository) ? whyNoHeading(readMarkdown(text), anchor, inRepository) : undefined;
}

function whyNoHeading(lines: readonly MarkdownLine[], anchor: string | undefined, where: string): string | undefined {
  return anchor === undefined || anchor === '' || anchorsOf(lines).has(anchor.toLowerCase())
    ? undefined
    : `no heading of ${where} has the anchor "#${anchor}"`;
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}
