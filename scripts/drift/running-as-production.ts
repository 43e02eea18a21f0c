import frameworks from '../../resources/framework-settings.json' with { type: 'json' };
import { classOf } from '../environments/names.ts';
import type { Environment, EnvironmentClass, Fact } from '../model.ts';

const DEPLOYED: readonly EnvironmentClass[] = ['staging', 'preview'];
/** An image that says no other environment's name is the one that all deployed environments run. */
const IMAGE = { key: undefined, readers: ['dockerfile'] };

/**
 * What production's settings files and image say, for the deployed environments that run by them: a `staging` whose `RAILS_ENV` is
 * `production` has `config/environments/production.rb` in force. An environment with such a file of its own keeps to that.
 */
export function runningAsProduction(facts: readonly Fact[], environments: readonly Environment[]): Fact[] {
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
  const others = environments.filter((each) => DEPLOYED.includes(each.class));
  if (production.size === 0 || others.length === 0) return [];
  return [...frameworks.namedBy, IMAGE].flatMap(({ key, readers }) => {
    const own = facts.filter((fact) => readers.includes(fact.reader));
    const files = own.filter((fact) => production.has(fact.environment));
    if (files.length === 0) return [];
    const named = key === undefined ? [] : facts.filter((fact) => fact.subject === key && fact.attribute === 'value');
    return others
      .filter(({ name }) => !own.some((fact) => fact.environment === name))
      .filter(({ name }) => key === undefined || takesProductionsName(named, name, production))
      .flatMap(({ name }) => files.map((fact) => ({ ...fact, environment: name })));
  });
}

/** Whether an environment is given production's name: by its own files, or by what all deployed environments share. */
function takesProductionsName(named: readonly Fact[], environment: string, production: ReadonlySet<string>): boolean {
  const own = named.filter((fact) => fact.environment === environment);
  const shared = named.filter((fact) => fact.environment === 'shared' || production.has(fact.environment));
  const inForce = own.length > 0 ? own : shared;
  return inForce.length > 0 && inForce.every((fact) => classOf(String(fact.value)) === 'production');
}
