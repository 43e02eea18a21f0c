type Part = { kind: 'text'; text: string } | { kind: 'one' | 'name' | 'any' | 'folders' } | Choice;

interface Choice {
  kind: 'choice';
  options: Part[][];
}

/** How deep choices stand in each other; a brace further in is a character. */
const MAX_DEPTH = 8;

/**
 * A glob as a test of a whole path or name: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` gives a choice. It takes time
 * in proportion to glob and path, whatever they are: no pattern with many stars is tried in every way.
 */
export function globPattern(glob: string): Pick<RegExp, 'test'> {
  const parts = parse(glob.replace(/^\.\//, ''));
  return { test: (path) => ends(parts, new Set([0]), path).has(path.length) };
}

function parse(glob: string): Part[] {
  let sequence: Part[] = [];
  const whole = sequence;
  const open: { choice: Choice; outer: Part[] }[] = [];
  for (const [part] of glob.matchAll(/(?:\*\*\/)+|\*{2,}|\*|\?|[{},]|[^*?{},]+/g)) {
    const inner = open.at(-1);
    if (part === '{' && open.length < MAX_DEPTH) {
      const choice: Choice = { kind: 'choice', options: [[]] };
      sequence.push(choice);
      open.push({ choice, outer: sequence });
      sequence = choice.options[0] ?? [];
    } else if (part === ',' && inner) {
      sequence = [];
      inner.choice.options.push(sequence);
    } else if (part === '}' && inner) {
      sequence = inner.outer;
      open.pop();
    } else if (part.startsWith('**')) sequence.push({ kind: part.endsWith('/') ? 'folders' : 'any' });
    else if (part === '*' || part === '?') sequence.push({ kind: part === '*' ? 'name' : 'one' });
    else sequence.push({ kind: 'text', text: part });
  }
  return whole;
}

/** Where parts can end in a path if they start at one of some places. */
function ends(parts: readonly Part[], starts: ReadonlySet<number>, path: string): ReadonlySet<number> {
  return parts.reduce((places, part) => (places.size === 0 ? places : endsOf(part, places, path)), starts);
}

function endsOf(part: Part, starts: ReadonlySet<number>, path: string): ReadonlySet<number> {
  switch (part.kind) {
    case 'text':
      return new Set([...starts].filter((at) => path.startsWith(part.text, at)).map((at) => at + part.text.length));
    case 'one':
      return new Set([...starts].filter((at) => at < path.length && path[at] !== '/').map((at) => at + 1));
    case 'choice':
      return new Set(part.options.flatMap((option) => [...ends(option, starts, path)]));
    default:
      return reached(part.kind, starts, path);
  }
}

/** The places that `*` (`name`), `**` (`any`) or a leading `**` with its slash (`folders`) lead to. */
function reached(kind: 'name' | 'any' | 'folders', starts: ReadonlySet<number>, path: string): ReadonlySet<number> {
  const found = new Set<number>();
  let isInside = false;
  for (let at = 0; at <= path.length; at += 1) {
    const isSlash = path[at - 1] === '/';
    if (starts.has(at)) found.add(at);
    else if (isInside && (kind === 'folders' ? isSlash : kind === 'any' || !isSlash)) found.add(at);
    isInside = kind === 'name' ? found.has(at) : isInside || starts.has(at);
  }
  return found;
}
