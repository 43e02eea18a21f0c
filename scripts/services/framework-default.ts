import vocabulary from '../../resources/framework-defaults.json' with { type: 'json' };

/** What a framework does where one of its properties is not set. */
export interface FrameworkDefault {
  framework: string;
  /** The reader that tells its properties. */
  reader: string;
  value: string;
  /** It hardly shows in what the program does: it makes room for what tests put in its place. */
  minor: boolean;
}

const known: ReadonlyMap<string, FrameworkDefault> = new Map(
  vocabulary.frameworks.flatMap(({ framework, reader, defaults, minor }) =>
    Object.entries(defaults).map(
      ([key, value]) => [key, { framework, reader, value, minor: (minor as string[]).includes(key) }] as const,
    ),
  ),
);

/** The default of a property that changes how a program behaves; `undefined` for any other. */
export function frameworkDefaultOf(key: string): FrameworkDefault | undefined {
  return known.get(key);
}
