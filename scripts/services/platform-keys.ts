import vocabulary from '../../resources/platform-keys.json' with { type: 'json' };

const platforms: [string, { keys: string[]; prefixes: string[] }][] = Object.entries(vocabulary.platforms);
const byKey = new Map(platforms.flatMap(([platform, { keys }]) => keys.map((key) => [key, platform] as const)));
const byPrefix = platforms.flatMap(([platform, { prefixes }]) => prefixes.map((prefix) => [prefix, platform] as const));

/** Who sets an environment variable where the repository does not: `node`, `ci`, `vercel`; `undefined` for the application's own. */
export function platformOf(key: string): string | undefined {
  return byKey.get(key) ?? byPrefix.find(([prefix]) => key.startsWith(prefix) && key !== prefix)?.[1];
}
