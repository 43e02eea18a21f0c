import { SECTIONS } from '../validation/sections.ts';

/** Closes the generated part of each section of SKILL.md. */
const END_OF_GENERATED =
  '<!-- End of the generated part: what you write between this line and the next section stays. -->';

const headings = new Set<string>(SECTIONS.map((title) => `## ${title}`));

/** Lines of a SKILL.md, each with the section that it stands in, and whether somebody wrote it below the generated part. */
function partsOf(text: string): { line: string; section: string; own: boolean }[] {
  let [section, own] = ['', false];
  return text.split('\n').map((line) => {
    if (headings.has(line.trimEnd())) [section, own] = [line.trimEnd(), false];
    const part = { line, section, own };
    if (line.trimEnd() === END_OF_GENERATED) own = true;
    return part;
  });
}

/** A rendered SKILL.md with the end of each section's generated part marked. */
export function withMarks(rendered: string): string {
  const lines = rendered.trimEnd().split('\n');
  const first = lines.findIndex((line) => headings.has(line));
  const marked = lines.flatMap((line, index) =>
    headings.has(line) && index > first ? [END_OF_GENERATED, '', line] : [line],
  );
  return `${[...marked, '', END_OF_GENERATED].join('\n')}\n`;
}

/** What people wrote below the generated parts of a SKILL.md, by the heading of its section. */
export function ownTextIn(text: string): ReadonlyMap<string, string> {
  const own = new Map<string, string[]>();
  for (const part of partsOf(text)) {
    if (part.own) own.set(part.section, [...(own.get(part.section) ?? []), part.line]);
  }
  return new Map(
    [...own].flatMap(([section, lines]) => {
      const written = lines.join('\n').trim();
      return written === '' ? [] : [[section, written] as const];
    }),
  );
}

/** A marked SKILL.md with what people wrote in an earlier one, each below the section that it was written for. */
export function withOwnText(marked: string, own: ReadonlyMap<string, string>): string {
  return partsOf(marked)
    .flatMap(({ line, section }) => {
      const written = line === END_OF_GENERATED ? own.get(section) : undefined;
      return written === undefined ? [line] : [line, '', written];
    })
    .join('\n');
}

/** A text without what people wrote below its generated parts. Texts without marks come back as they are. */
export function generatedPart(text: string): string {
  if (!text.includes(END_OF_GENERATED)) return text;
  return partsOf(text)
    .filter(({ own, line }) => !own && line.trim() !== '')
    .map(({ line }) => line.trimEnd())
    .join('\n');
}
