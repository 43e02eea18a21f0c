import { splitLines } from '../../syntax/lines.ts';

/** A gem of a `Gemfile` with the groups that it is in, `, ` between them; one in no group is left out. */
export interface GroupedGem {
  name: string;
  group: string;
  line: number;
}

/** The gems of a `Gemfile` that are in groups. */
export function gemGroups(text: string): GroupedGem[] {
  const blocks: (string[] | undefined)[] = [];
  const found: GroupedGem[] = [];
  for (const [index, raw] of splitLines(text).entries()) {
    const code = raw.replace(/\s#.*$/, '').trim();
    if (/^end\b/.test(code)) blocks.pop();
    const name = /^gem[\s(]+["']([\w.-]+)["']/.exec(code)?.[1];
    const own = /(?:\bgroups?:|:groups?\s*=>)\s*(\[[^\]]*\]|:\w+)/.exec(code)?.[1];
    const groups = own === undefined ? blocks.findLast((each) => each) : symbols(own);
    if (name && groups && groups.length > 0) found.push({ name, group: groups.join(', '), line: index + 1 });
    if (/\bdo\s*$/.test(code) || /^(?:if|unless|case)\b/.test(code))
      blocks.push(/^group\b/.test(code) ? symbols(code) : undefined);
  }
  const free = new Set(
    splitLines(text).flatMap((raw, index) => {
      const name = /^\s*gem[\s(]+["']([\w.-]+)["']/.exec(raw)?.[1];
      return name && !found.some((each) => each.line === index + 1) ? [name] : [];
    }),
  );
  return found.filter((each) => !free.has(each.name));
}

function symbols(text: string): string[] {
  return [...text.matchAll(/:["']?(\w+)/g)].map((match) => match[1] ?? '');
}
