/** A line of Markdown and where it stands. */
export interface MarkdownLine {
  /** From 1, in its file. */
  number: number;
  text: string;
  /** The language of the fence that the line is in, `''` where the fence names none; `null` outside of fences. */
  fence: string | null;
  /** The line opens or closes a fence. */
  fenceMark?: true;
  heading?: { level: number; title: string };
}

/** A heading and what stands below it, down to the next heading of its level or above. */
export interface Section {
  title: string;
  level: number;
  line: number;
  /** Everything below, deeper headings included. */
  lines: MarkdownLine[];
}

const FENCE = /^ {0,3}(?:[-*+] |\d+[.)] )? *(`{3,}|~{3,})\s*([^`\s]*)/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;

/** Takes Markdown apart by lines: fences with their language, and ATX headings. Linear in the text. */
export function readMarkdown(lines: readonly string[], firstLine = 1): MarkdownLine[] {
  let open: { mark: string; language: string } | null = null;
  return lines.map((text, index) => {
    const number = firstLine + index;
    const [, mark = '', language = ''] = FENCE.exec(text) ?? [];
    if (open) {
      const closes = mark.startsWith(open.mark) && language === '';
      const line: MarkdownLine = { number, text, fence: open.language, ...(closes ? { fenceMark: true } : {}) };
      if (closes) open = null;
      return line;
    }
    if (mark !== '') {
      open = { mark, language: language.toLowerCase() };
      return { number, text, fence: open.language, fenceMark: true };
    }
    const [, marks, title = ''] = HEADING.exec(text) ?? [];
    if (marks === undefined) return { number, text, fence: null };
    return { number, text, fence: null, heading: { level: marks.length, title: trimClosing(title) } };
  });
}

/** Every section, in the order of the text. */
export function sectionsOf(lines: readonly MarkdownLine[]): Section[] {
  return lines.flatMap((line, index) => {
    if (!line.heading) return [];
    const { level, title } = line.heading;
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((each) => each.heading !== undefined && each.heading.level <= level);
    return [{ title, level, line: line.number, lines: end === -1 ? rest : rest.slice(0, end) }];
  });
}

/** The code spans of a line: their text without the backticks, and the offsets that they take with them. */
export function codeSpans(text: string): { code: string; start: number; end: number }[] {
  const runs = [...text.matchAll(/`+/g)].map((match) => ({ start: match.index, length: match[0].length }));
  const spans: { code: string; start: number; end: number }[] = [];
  const unclosed = new Set<number>();
  for (let index = 0; index < runs.length; index += 1) {
    const opening = runs[index];
    if (!opening || unclosed.has(opening.length)) continue;
    let closing = index + 1;
    while (closing < runs.length && runs[closing]?.length !== opening.length) closing += 1;
    const found = runs[closing];
    if (!found) {
      unclosed.add(opening.length);
      continue;
    }
    const code = text.slice(opening.start + opening.length, found.start).trim();
    spans.push({ code, start: opening.start, end: found.start + found.length });
    index = closing;
  }
  return spans;
}

/** A line with its code spans blanked out, offsets kept. */
export function withoutCode(text: string): string {
  let end = 0;
  const parts = codeSpans(text).map((span) => {
    const part = text.slice(end, span.start) + ' '.repeat(span.end - span.start);
    end = span.end;
    return part;
  });
  return parts.join('') + text.slice(end);
}

/** Inline and reference-style links and images of a line outside code: text and target. */
export function linksOf(text: string): { target: string }[] {
  const prose = withoutCode(text);
  const inline = [
    ...prose.matchAll(
      /\]\(\s{0,9}(?:<([^<>]{0,999})>|([^\s()]{0,999}(?:\([^\s()]{0,99}\)[^\s()]{0,99})?))[^)]{0,300}\)/g,
    ),
  ];
  const addresses = prose.matchAll(/<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{1,999})>/gi);
  const elements = prose.matchAll(
    /<(?:a|img)\s[^<>]{0,300}?\b(?:href|src)\s{0,3}=\s{0,3}(?:"([^"<>]{0,999})"|'([^'<>]{0,999})')/gi,
  );
  const defined = /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/.exec(prose);
  return [
    ...[...inline, ...addresses, ...elements].map((match) => ({ target: match[1] ?? match[2] ?? '' })),
    ...(defined?.[1] ? [{ target: defined[1] }] : []),
  ];
}

/** The blocks of text outside of fences and headings, wrapped lines joined: a paragraph, a list item, a table row. `line` is its first. */
export function blocksOf(lines: readonly MarkdownLine[]): { line: number; text: string }[] {
  const blocks: { line: number; text: string }[] = [];
  let open = false;
  for (const { text, number, fence, heading } of lines) {
    const isText = fence === null && !heading && text.trim() !== '';
    const continues = open && isText && !/^\s*(?:[-*+>]|\d+[.)])\s|^\s*\|/.test(text);
    const last = blocks.at(-1);
    if (continues && last) last.text = `${last.text} ${text.trim()}`;
    else if (isText) blocks.push({ line: number, text });
    open = isText;
  }
  return blocks;
}

/** The anchors that GitHub gives the headings of a text: a heading that comes again gets `-1`, `-2` and so on. */
export function anchorsOf(lines: readonly MarkdownLine[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    lines.flatMap(({ heading }) => {
      if (heading === undefined) return [];
      const anchor = anchorOf(heading.title);
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return [times === 0 ? anchor : `${anchor}-${times}`];
    }),
  );
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function trimClosing(title: string): string {
  return title
    .trim()
    .replace(/(?:^|[ \t])#+$/, '')
    .trim();
}
