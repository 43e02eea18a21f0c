import type { ResourceSetting } from './resource-findings.ts';

/** A property that takes a variable or local value of its folder. */
export interface NameUse {
  folder: string;
  /** `var.engine_version`, `local.image`. */
  name: string;
  surface: ResourceSetting['surface'];
  subject: string;
  attribute: string;
  unit: string;
  /** The name that tells the engine, where that is no literal either. */
  engine?: string;
}

interface NameValue {
  folder: string;
  name: string;
  value: string;
}

interface NameExpression {
  folder: string;
  name: string;
  expression: string;
}

export interface Names {
  /** By folder and name. */
  uses: ReadonlyMap<string, NameUse[]>;
  values: ReadonlyMap<string, string>;
  /** Local values that decide by the environment's name. */
  expressions: ReadonlyMap<string, string>;
  /** By bare variable name, where all uses in the repository agree on what it is; for variable files, whose folder is another. */
  anywhere: ReadonlyMap<string, NameUse>;
  /** The variables that any folder declares. */
  declared: ReadonlySet<string>;
}

interface Declaration {
  folder: string;
  declares: string;
}

const parsed = new WeakMap<readonly string[], Names>();

export function keyOfName(folder: string, name: string): string {
  return `${folder}\u0000${name}`;
}

/** Reads what files of Terraform define for each other: one JSON text a use or a value. */
export function namesOf(definitions: readonly string[]): Names {
  const known = parsed.get(definitions);
  if (known) return known;
  const uses = new Map<string, NameUse[]>();
  const values = new Map<string, string>();
  const expressions = new Map<string, string>();
  const byName = new Map<string, NameUse[]>();
  const declared = new Set<string>();
  for (const definition of definitions) {
    const each = JSON.parse(definition) as NameUse | NameValue | NameExpression | Declaration;
    if ('declares' in each) {
      declared.add(each.declares);
      continue;
    }
    const key = keyOfName(each.folder, each.name);
    if ('value' in each) values.set(key, each.value);
    else if ('expression' in each) expressions.set(key, each.expression);
    else {
      uses.set(key, [...(uses.get(key) ?? []), each]);
      byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
    }
  }
  const anywhere = new Map(
    [...byName].flatMap(([name, all]) => {
      const [first] = all;
      const agree = all.every((each) => each.subject === first?.subject && each.attribute === first?.attribute);
      return first && agree && first.engine === undefined ? [[name, first] as const] : [];
    }),
  );
  const names = { uses, values, expressions, anywhere, declared };
  parsed.set(definitions, names);
  return names;
}
