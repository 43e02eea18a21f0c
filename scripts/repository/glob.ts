import { escapePattern } from '../syntax/escape-pattern.ts';

/** A glob as a pattern on a whole path or name: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` gives a choice. */
export function globPattern(glob: string): RegExp {
  const parts = glob.replace(/^\.\//, '').match(/\*\*\/|\*\*|\*|\?|[{},]|[^*?{},]+/g) ?? [];
  let depth = 0;
  const source = parts.map((part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === '{') return opened(1, '(?:');
    if (part === '}' && depth > 0) return opened(-1, ')');
    if (part === ',' && depth > 0) return '|';
    return escapePattern(part);
  });
  return new RegExp(`^${source.join('')}${')'.repeat(depth)}$`);

  function opened(change: 1 | -1, text: string): string {
    depth += change;
    return text;
  }
}
