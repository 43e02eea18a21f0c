/** Every `<% %>` tag with its start and its end; what is never closed is none. */
export function tagsIn(text: string): { start: number; end: number }[] {
  const tags: { start: number; end: number }[] = [];
  for (let start = text.indexOf('<%'); start !== -1; ) {
    const close = text.indexOf('%>', start + 2);
    if (close === -1) break;
    tags.push({ start, end: close + 2 });
    start = text.indexOf('<%', close + 2);
  }
  return tags;
}

/** Everything but the code in the tags of an ERB or EEx template is blank. Each piece is a statement of its own. */
export function codeInTags(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of tagsIn(text)) {
    const open = text[start + 2] === '=' ? 3 : 2;
    const body = text.slice(start + open, end - 2);
    const isComment = /^(?:#|!--|%)/.test(text.slice(start + 2, start + 5));
    parts.push(
      blank(text.slice(from, start)),
      ' '.repeat(open),
      isComment ? blank(body) : body.replace(/-$/, ' '),
      ' ;',
    );
    from = end;
  }
  return [...parts, blank(text.slice(from))].join('');
}

/** A line of Haml or Slim that holds Ruby: `- if x`, `= x`, `%a{href: x}= y`. */
const CODE_LINE =
  /^([ \t]{0,80})(?:([-=]{1,2}|[!&]==?|~)(?!#)[><]?|([%.#\w][^\n=]{0,200}?[^=!<>\s])(=)(?=[ \t]))(?=[^\n]*)/;

/** Everything but the Ruby in the lines of a Haml or Slim template is blank. */
export function codeInLines(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const mark = CODE_LINE.exec(line)?.[0];
      return mark === undefined ? blank(line) : ' '.repeat(mark.length) + line.slice(mark.length);
    })
    .join('\n');
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
