import { hashOf } from '../syntax/word-scan.ts';
import { roleOf } from './path-role.ts';
import { Hashes, type Survey } from './survey.ts';

/** Files whose text can name a key without being program text that a reader scans. */
const NAMES_KEYS =
  /(?:^|\/)(?:Makefile|Justfile|Taskfile[^/]*|Procfile[^/]*|Rakefile|Dockerfile[^/]*|Jenkinsfile)$|\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|rb|rake|erb|ru|go|java|kts?|cs|fs|php|exs?|eex|heex|rs|sh|bash|zsh|ps1|lua|pl|scala|clj|conf|cnf|ini|cfg|properties|toml|tf|hcl|ya?ml|json|xml|gradle|html|template|tmpl|tpl|j2|prisma|sql)$/;
const LOCK_FILE = /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|composer\.lock|[^/]*\.min\.js)$/;
const KEY = /[A-Z][A-Z0-9_]{2,}/g;

/** Whether a file's text can name a key. */
export function mayNameKeys(path: string): boolean {
  const role = roleOf(path);
  return role !== 'docs' && role !== 'fixture' && NAMES_KEYS.test(path) && !LOCK_FILE.test(path);
}

/**
 * The keys that some file names, other than the files that declare them. A key that nothing names is read by nobody here.
 * `declaredIn` gives for each key the paths that declare it. Each file was looked at by the survey.
 */
export function findMentions(
  survey: Survey,
  paths: readonly string[],
  declaredIn: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const mentioned = new Set<string>();
  /** How many keys of each hash are not found yet. */
  const wanted = new Map<number, number>();
  for (const key of declaredIn.keys()) wanted.set(hashOf(key), (wanted.get(hashOf(key)) ?? 0) + 1);
  const hashes = new Hashes(wanted.keys());
  const isWanted = { has: (hash: number) => hashes.has(hash) && wanted.has(hash) };
  for (const [index, path] of paths.entries()) {
    if (wanted.size === 0) break;
    if (!mayNameKeys(path) || survey.reasonOf(index) !== undefined || !survey.mayHold(index, isWanted)) continue;
    const text = survey.text(index);
    for (const match of text.matchAll(KEY)) {
      const [key] = match;
      const declaring = declaredIn.get(key);
      if (!declaring || mentioned.has(key)) continue;
      const names = !declaring.has(path) || isExpanded(text, match.index, key);
      if (!names || isInComment(path, lineBefore(text, match.index))) continue;
      mentioned.add(key);
      const left = (wanted.get(hashOf(key)) ?? 1) - 1;
      if (left > 0) wanted.set(hashOf(key), left);
      else wanted.delete(hashOf(key));
    }
    survey.drop(index);
  }
  return mentioned;
}

function lineBefore(text: string, index: number): string {
  return text.slice(text.lastIndexOf('\n', index) + 1, index);
}

/** How comments begin, by the files that begin them so: a line's first mark, and one behind text. */
const COMMENTS = [
  {
    files:
      /(?:^|\/)(?:Makefile|Justfile|Taskfile[^/]*|Procfile[^/]*|Rakefile|Dockerfile[^/]*)$|\.(?:py|rb|rake|ru|exs?|eex|sh|bash|zsh|ps1|pl|php|ya?ml|toml|tf|hcl|conf|cnf|ini|cfg|properties|j2)$/,
    first: /^\s*#(?![[!{])/,
    behind: /\s#\s/,
  },
  {
    files:
      /(?:^|\/)Jenkinsfile$|\.(?:[cm]?[jt]sx?|vue|svelte|astro|go|java|kts?|cs|fs|php|rs|scala|tf|hcl|gradle|prisma)$/,
    first: /^\s*(?:\/\/|\/\*|\*\s)/,
    behind: /\s\/\/\s/,
  },
  { files: /\.(?:sql|lua)$/, first: /^\s*--/, behind: /\s--\s/ },
];
/** What stands so far from the start of its line is data. */
const MAX_BEFORE = 500;

/** Whether what stands before a place of its line makes the rest a comment; a mark inside quotes makes none. */
function isInComment(path: string, before: string): boolean {
  if (before.length > MAX_BEFORE) return false;
  return COMMENTS.some(({ files, first, behind }) => {
    const at = before.search(behind);
    return files.test(path) && (first.test(before) || (at !== -1 && !isQuoted(before.slice(0, at))));
  });
}

function isQuoted(text: string): boolean {
  return ['"', "'", '`'].some((quote) => text.split(quote).length % 2 === 0);
}

/** `$KEY`, `${KEY}` and `$(KEY)` use a key in the file that declares it; `KEY=${KEY}` only hands it on. */
function isExpanded(text: string, index: number, key: string): boolean {
  if (!/\$[{(]?$/.test(text.slice(Math.max(0, index - 2), index))) return false;
  const lineStart = text.lastIndexOf('\n', index) + 1;
  return !text.slice(lineStart, index).includes(key);
}
