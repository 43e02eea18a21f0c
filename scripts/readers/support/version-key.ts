import tools from '../../../resources/tools.json' with { type: 'json' };
import { type Subject, subjectNamed } from '../../services/subject.ts';

const aliases = new Map(Object.entries(tools.aliases));
const packageManagers = new Set(tools.packageManagers);

/** The subject whose version a key such as `NODE_VERSION`, `POSTGRES_MAJOR` or `postgresVersion` holds. */
export function subjectOfVersionKey(key: string): Subject | undefined {
  const word = /^(.+?)_?(?:(?:image|server|engine)_?)?(?:version|major)$/i
    .exec(key)?.[1]
    ?.toLowerCase()
    .replace(/_/g, '-');
  if (!word) return undefined;
  if (packageManagers.has(word)) return { subject: word, surface: 'runtime' };
  return subjectNamed(aliases.get(word) ?? word);
}

/** Whether a text is a version, and not a path, a reference or a word. */
export function isVersion(text: string): boolean {
  return /^[v~^=]?\d+(?:\.\d+|\.x)*(?:[-+.][\w.]+)*$/.test(text);
}
