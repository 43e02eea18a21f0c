import { codeSpan, inert } from '../markdown.ts';
import { type ReportedFinding, type Tool, wholeMessage } from '../report-findings.ts';
import { cut } from '../text.ts';

/** A comment on GitHub holds 65,536 characters; who reads one holds far less. */
const MAX_TEXT = 20_000;
const MAX_MESSAGE = 400;
const LEVELS = ['error', 'warning', 'note'] as const;

/** A summary for a comment on a pull request. Its first line is a mark by which a job finds the comment that it wrote before. */
export function asMarkdown(findings: readonly ReportedFinding[], { name }: Tool): string {
  const mark = `<!-- ${name} -->\n`;
  if (findings.length === 0) return `${mark}**${inert(name)}**: nothing found.\n`;
  const counts = LEVELS.map((level) => [level, findings.filter((each) => each.level === level).length] as const)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${level}${count === 1 ? '' : 's'}`);
  let text = `${mark}**${inert(name)}**: ${counts.join(', ')}\n\n| | Where | What |\n| --- | --- | --- |\n`;
  for (const [index, each] of findings.entries()) {
    const where = codeSpan(`${each.path}:${each.line}`).replace(/\|/g, '\\|');
    const row = `| ${each.level} | ${where} | ${inTable(cut(wholeMessage(each), MAX_MESSAGE))} (\`${each.code}\`) |\n`;
    if (text.length + row.length > MAX_TEXT) return `${text}\nAnd ${findings.length - index} more.\n`;
    text += row;
  }
  return text;
}

/** A bar ends a cell, inside a code span too. Mentions would call people. */
function inTable(text: string): string {
  return inert(text)
    .replace(/(?<!\\)\|/g, '\\|')
    .replace(/@(?=\w)/g, '@\u200b');
}
