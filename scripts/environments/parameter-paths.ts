import { classOf } from './names.ts';
import type { ClassedFact } from './resolve-names.ts';

/** The path of a parameter: `/shop/prod/web/session-timeout`. */
const PATH = /^\/(?:[\w.-]+\/){2,}[\w-]+$/;

/**
 * Facts of parameters that are named by a path with an environment in it, under the name that they have in every environment: the last
 * part as the variable that programs are given, where some file knows it (`SESSION_TIMEOUT`), else the path with `{env}` in the
 * environment's place. What is of no environment yet is of the one that the path names.
 */
export function withoutParameterPaths(classed: readonly ClassedFact[]): readonly ClassedFact[] {
  if (!classed.some(({ fact }) => PATH.test(fact.subject))) return classed;
  const known = new Set(
    classed.flatMap(({ fact }) =>
      fact.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(fact.subject) ? [fact.subject] : [],
    ),
  );
  return classed.map((each) => {
    const { fact } = each;
    if (fact.surface !== 'config' || !PATH.test(fact.subject)) return each;
    const parts = fact.subject.split('/');
    const index = parts.findIndex((part, at) => at < parts.length - 1 && classOf(part, 'deployed') !== undefined);
    const named = parts[index];
    if (index === -1 || named === undefined) return each;
    const variable = (parts.at(-1) ?? '').replace(/-/g, '_').toUpperCase();
    const subject = known.has(variable) ? variable : parts.with(index, '{env}').join('/');
    if (fact.environment !== 'shared') return { ...each, fact: { ...fact, subject } };
    return { fact: { ...fact, subject, environment: named }, class: classOf(named, 'deployed') };
  });
}
