import formats from '../../resources/formats.json' with { type: 'json' };
import { rules } from '../../scripts/drift/rules/index.ts';
import { readers } from '../../scripts/readers/index.ts';

/** The README with its tables of readers and rules made anew from the registries. */
export function withTables(readme: string): string {
  const tables = {
    readers: table(
      ['reader', 'reads'],
      readers.map((reader) => [reader.name, reader.reads]),
    ),
    rules: table(
      ['rule', 'speaks when'],
      rules.map((rule) => [rule.meta.name, rule.meta.says]),
    ),
  };
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`README.md: ${start} and ${end} are missing; put them back`);
    return `${text.slice(0, from)}${start}\n${rows}\n${text.slice(to)}`;
  }, readme);
}

/** `docs/formats.md`: every format, and what reads it. */
export function formatsPage(): string {
  const groups = formats.groups.map(({ group, formats: rows }) => {
    const lines = rows.map((row: { name: string; readers?: string[]; notYet?: string }) => [
      row.name,
      row.readers ? row.readers.map((name) => `\`${name}\``).join(', ') : `not yet. ${row.notYet ?? ''}`,
    ]);
    return `## ${group}\n\n${table(['format', 'read by'], lines)}`;
  });
  const head =
    'Every format in which teams write down what runs where, and the reader that takes it. Made by `npm run docs` from `resources/formats.json`.';
  return `# Formats\n\n${head}\n\n${groups.join('\n\n')}\n`;
}

function table(head: string[], rows: string[][]): string {
  const cells = (row: string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const sorted = rows.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return [cells(head), cells(head.map(() => '---')), ...sorted.map(cells)].join('\n');
}
