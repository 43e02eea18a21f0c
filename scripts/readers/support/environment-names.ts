/** What a name stands for that answers whether the program runs in an environment. */
export interface Answer {
  /** The key that holds the environment's name. */
  key: string;
  /** The comparison: `=== production`. */
  value: string;
}

/** Names of one file that other files use to ask for the environment. */
export interface EnvironmentNames {
  /** `isProd`, `AppEnv.live?`. */
  answers: Map<string, Answer>;
  /** Functions and constants that give the environment's name, with the key that they read. */
  holders: Map<string, string>;
  /** Settings of a configuration object, by the key that they are read from: `namespace`, `NAMESPACE`. */
  settings: Map<string, string>;
}

/** One of them as a definition. */
export type EnvironmentDefinition =
  | ({ environment: 'answer'; name: string } & Answer)
  | { environment: 'holder' | 'setting'; name: string; key: string };

const parsed = new WeakMap<readonly string[], EnvironmentNames>();

/** Reads the definitions of all files. A name that two files define differently stands for nothing. */
export function environmentNamesOf(definitions: readonly string[]): EnvironmentNames {
  const known = parsed.get(definitions);
  if (known) return known;
  const names: EnvironmentNames = { answers: new Map(), holders: new Map(), settings: new Map() };
  const seen = new Map<string, string>();
  const torn = new Set<string>();
  for (const definition of new Set(definitions)) {
    if (!definition.startsWith('{"environment":')) continue;
    const each = JSON.parse(definition) as EnvironmentDefinition;
    const place = `${each.environment} ${each.name}`;
    if (seen.has(place) && seen.get(place) !== definition) torn.add(each.name);
    seen.set(place, definition);
    if (each.environment === 'answer') names.answers.set(each.name, { key: each.key, value: each.value });
    else names[each.environment === 'holder' ? 'holders' : 'settings'].set(each.name, each.key);
  }
  for (const name of torn) {
    names.answers.delete(name);
    names.holders.delete(name);
    names.settings.delete(name);
  }
  parsed.set(definitions, names);
  return names;
}

/** The key that a setting is read from, or its name as written. */
export function keyOfSetting(name: string, known: EnvironmentNames): string {
  return known.settings.get(name.split('.').at(-1) ?? name) ?? name;
}
