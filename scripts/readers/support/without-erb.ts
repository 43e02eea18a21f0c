/** A text with its ERB code (`<% … %>`, over several lines too) blanked and its lines kept; what prints (`<%= … %>`) stays. */
export function withoutErbCode(text: string): string {
  let result = '';
  let from = 0;
  for (let open = text.indexOf('<%'); open !== -1; open = text.indexOf('<%', from)) {
    const close = text.indexOf('%>', open + 2);
    if (close === -1) break;
    const block = text.slice(open, close + 2);
    result += text.slice(from, open) + (block.startsWith('<%=') ? block : block.replace(/[^\n]+/g, ''));
    from = close + 2;
  }
  return result + text.slice(from);
}
