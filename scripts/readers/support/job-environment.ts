import environments from '../../../resources/environments.json' with { type: 'json' };
import vocabulary from '../../../resources/script-names.json' with { type: 'json' };
import { environmentIn } from '../../environments/names.ts';
import type { EnvironmentClass } from '../../model.ts';

/** The environment that a CI job, or a step of it, works for. */
export interface Target {
  environment: string;
  class: EnvironmentClass;
}

export const CI: Target = { environment: 'ci', class: 'ci' };

const weak = new Set(environments.weak);
const tests = new Set([...vocabulary.test, ...vocabulary.check]);
const runs = new Set([...vocabulary.test].filter((word) => !/^(?:mocks?|sanity|smoke)$/.test(word)));
const deploys = new Set([...vocabulary.deploy, ...vocabulary.deployment]);
/** What a step may be called that prepares or makes a deployment. */
const makes = new Set([...deploys, 'build', 'push', 'migrate']);

const ENVIRONMENT_OF_CHANGE = /^(?:pr|review|pull[-_ ]request)$|deploy|preview|environment|\benv\b|\bapps?\b/i;

/** The deployed environment that a phrase names. Case is a matter of prose, so the name is taken in lower case. */
export function deployedEnvironment(phrase: string): Target | undefined {
  const named = environmentIn(phrase, 'deployed');
  if (!named || named.class === 'ci' || named.class === 'local' || named.class === 'test') return undefined;
  const name = named.name.toLowerCase();
  // A pull request is talked about as often as one is deployed.
  if (/^(?:pr|pull-request|review)$/.test(name) && !ENVIRONMENT_OF_CHANGE.test(phrase)) return undefined;
  return { environment: name.replace(/^deploy-(?=.)/, ''), class: named.class };
}

/** Whether a job tests or checks, and deploys nothing, by its own names; the pipeline's names decide where those say neither. */
export function isCheck(own: readonly string[], pipeline: readonly string[]): boolean {
  if (own.some(isDeploy)) return false;
  return own.some(isTest) || (pipeline.some(isTest) && !pipeline.some(isDeploy));
}

/** The environment of a job that says of itself, or whose pipeline says, that it deploys to one; the job's own names come first. */
export function environmentOfDeployJob(own: readonly string[], pipeline: readonly string[]): Target | undefined {
  const ownDeploys = own.some(isDeploy);
  const sources = [...(ownDeploys ? own : []), ...(ownDeploys || pipeline.some(isDeploy) ? pipeline : [])];
  for (const phrase of sources) {
    const found = deployedEnvironment(phrase);
    // A package's `dev release` goes to a registry, and to no environment.
    const isPackage = found && weak.has(found.environment) && !/deploy|promote|rollout|\bcd\b|\bto\b/i.test(phrase);
    if (found && !isPackage) return found;
  }
  return undefined;
}

/** The environment that a step's name says it builds for or deploys to (`Deploy Staging`). */
export function environmentOfStep(name: string): Target | undefined {
  const words = wordsOf(name);
  return words.some((word) => makes.has(word)) && !words.some((word) => tests.has(word))
    ? deployedEnvironment(name)
    : undefined;
}

/** `integrationtest`, `enhetstest`. */
const COMPOUND = /(?<!^(?:la|at|con|pro|fas|smoke))tests?$/;

/** Whether a phrase speaks of running the program's tests; a scan, a smoke test of what is deployed and a mock are none. */
export function speaksOfTests(phrase: string): boolean {
  return wordsOf(phrase).some((word) => runs.has(word) || COMPOUND.test(word));
}

function isTest(phrase: string): boolean {
  return wordsOf(phrase).some((word) => tests.has(word));
}

/** Whether a phrase speaks of deploying. */
export function isDeploy(phrase: string): boolean {
  return wordsOf(phrase).some((word) => deploys.has(word));
}

function wordsOf(phrase: string): string[] {
  return phrase
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
