import type { Fact } from '../model.ts';

/** What sets a key. What reads it, or tells about it, has the name that is written there. */
const SETS = new Set(['value', 'secret-reference', 'values-reference', 'commented']);
const VARIABLE = /^[A-Z][A-Z0-9_-]{2,}$/;
/** Readers of program text that asks Spring for properties. */
const READS_PROPERTIES = new Set(['java', 'kotlin']);

/**
 * The facts with each variable that Spring takes as a property under the property's own name, with its own line: `HMPPSAUTH_BASEURL` of a
 * manifest sets `hmpps-auth.base-url`. A variable that something reads by its own name keeps it.
 */
export function asProperties(facts: readonly Fact[]): readonly Fact[] {
  const properties = propertiesOf(facts);
  if (properties.size === 0) return facts;
  const read = new Set(
    facts.filter((fact) => fact.attribute === 'read' && VARIABLE.test(fact.subject)).map((fact) => fact.subject),
  );
  return facts.map((fact) => {
    if (fact.surface !== 'config' || !SETS.has(fact.attribute) || read.has(fact.subject)) return fact;
    const property = VARIABLE.test(fact.subject) ? properties.get(fact.subject) : undefined;
    return property === undefined ? fact : { ...fact, subject: property };
  });
}

/** The properties of a Spring program by the variables that set them. What several spellings share goes by the first that the files give a value. */
function propertiesOf(facts: readonly Fact[]): Map<string, string> {
  const found = new Map<string, string>();
  const given = facts.filter((fact) => fact.reader === 'spring' && isProperty(fact));
  if (given.length === 0) return found;
  const asked = facts.filter(
    (fact) => READS_PROPERTIES.has(fact.reader) && fact.attribute === 'read' && isProperty(fact),
  );
  for (const { subject } of [...given, ...asked]) {
    for (const variable of variablesOf(subject)) if (!found.has(variable)) found.set(variable, subject);
  }
  return found;
}

function isProperty({ surface, subject }: Fact): boolean {
  return surface === 'config' && subject.includes('.') && !subject.includes('*');
}

/** The variables that set a property: without its dashes, with `_` in their place, as older programs write them, and with the dashes, which containers take. */
export function variablesOf(property: string): string[] {
  const upper = property
    .toUpperCase()
    .replace(/[.[\]]+/g, '_')
    .replace(/_$/, '');
  return [...new Set([upper.replace(/-/g, ''), upper.replace(/-/g, '_'), upper])];
}
