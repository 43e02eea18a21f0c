import vocabulary from '../../resources/environments.json' with { type: 'json' };
import type { EnvironmentClass } from '../model.ts';

/** A name as the repository writes it, with the class it stands for. */
export interface NamedEnvironment {
  name: string;
  class: EnvironmentClass;
}

/** Where a name stands: in a file that deploys (`deployed`), or one that a developer or a test runs from. */
export type Setting = 'deployed' | 'developer';

const CLASSES = ['production', 'staging', 'preview', 'ci', 'test', 'local'] as const satisfies EnvironmentClass[];
const byName = new Map(CLASSES.flatMap((cls) => vocabulary.names[cls].map((name) => [name, cls] as const)));
const whenDeployed = new Map(vocabulary.deployedNames.staging.map((name) => [name, 'staging'] as const));
const weak = new Set(vocabulary.weak);
const folders = new Set(vocabulary.folders);
const topFolders = new Set(vocabulary.topFolders);
const places = new Set(vocabulary.places);

/** The class of a word that is an environment's name and nothing more (a value of `NODE_ENV`, a compose profile); `undefined` if it is none. */
export function classOf(word: string, setting: Setting = 'developer'): EnvironmentClass | undefined {
  const name = word.toLowerCase().replace(/_/g, '-');
  return (setting === 'deployed' ? whenDeployed.get(name) : undefined) ?? byName.get(name);
}

/** The environment that a word names, kept as it is written. */
export function environmentNamed(word: string, setting: Setting = 'developer'): NamedEnvironment | undefined {
  const found = classOf(word, setting);
  return found ? { name: word, class: found } : undefined;
}

/**
 * The environment that a phrase speaks of: a job's name, a stack's, a namespace (`deploy-production`, `shop-prod-eu`).
 * Every part is tried, longest first; words with everyday meanings count only at either end of the phrase, or after `deploy`, `to`, `env`.
 */
export function environmentIn(phrase: string, setting: Setting = 'developer'): NamedEnvironment | undefined {
  const whole = environmentNamed(phrase, setting);
  if (whole) return whole;
  const words = phrase.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean);
  const pairs = words.slice(0, -1).map((word, index) => `${word}-${words[index + 1]}`);
  for (const pair of pairs) {
    const found = environmentNamed(pair, setting);
    if (found) return found;
  }
  for (const [index, word] of words.entries()) {
    const found = environmentNamed(word, setting);
    if (!found) continue;
    const before = words[index - 1]?.toLowerCase() ?? '';
    const atEnd = index === 0 || index === words.length - 1;
    if (!weak.has(word.toLowerCase()) || atEnd || /^(deploy|to|env|environment|on)$/.test(before)) return found;
  }
  return undefined;
}

/**
 * The environment that a path names: its file name first (`values-prod.yaml`, `prod.tfvars`, `.env.production`), then its
 * folders from the innermost (`overlays/staging/kustomization.yaml`). Words with everyday meanings count in a file name only
 * as its stem or a part set off by `.`, `-` or `_`, and as a folder only right below one that holds environments (`overlays/`, `envs/`),
 * or at the top of the repository (`dev/`).
 */
export function environmentOfPath(path: string, setting: Setting = 'developer'): NamedEnvironment | undefined {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  return environmentOfFileName(file, setting) ?? environmentOfFolders(parts, setting);
}

/** The environment that a file's name alone tells. */
export function environmentOfFileName(file: string, setting: Setting = 'developer'): NamedEnvironment | undefined {
  const stems = file.replace(/^\.+/, '').split('.');
  const parts = stems.length > 1 ? stems.slice(0, -1) : stems;
  // `.env.production`, `Dockerfile.prod`: what looks like an extension may be the name.
  const last = stems.length > 1 ? stems.at(-1) : undefined;
  for (const part of [...parts.toReversed(), ...(last ? [last] : [])]) {
    const whole = environmentNamed(part, setting);
    if (whole) return whole;
  }
  for (const part of parts.toReversed()) {
    const words = part.split(/[-_]/);
    for (let length = words.length - 1; length >= 1; length -= 1) {
      for (const words_ of [words.slice(-length), words.slice(0, length)]) {
        const found = environmentNamed(words_.join('-'), setting);
        if (found) return found;
      }
    }
  }
  return setting === 'deployed' ? insideOf(parts) : undefined;
}

/**
 * `app-prod-gcp-orders.yaml`, `app-dev-gcp.yaml`: the one environment that a word inside of a deployed file's name tells. A word
 * with an everyday meaning counts before the word of a cloud or a region; a name of several (`prod-to-preprod-copy`) is about them.
 */
function insideOf(parts: readonly string[]): NamedEnvironment | undefined {
  const found = parts.flatMap((part) => {
    const words = part.toLowerCase().split(/[-_]/);
    return words.flatMap((word, index) => {
      const named = environmentNamed(word, 'deployed');
      return named && (!weak.has(word) || places.has(words[index + 1] ?? '')) ? [named] : [];
    });
  });
  return new Set(found.map((each) => each.class)).size === 1 ? found[0] : undefined;
}

function environmentOfFolders(parts: readonly string[], setting: Setting): NamedEnvironment | undefined {
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = (parts[index] ?? '').replace(/^\.+/, '');
    const found = environmentNamed(part, setting) ?? lastWord(part, setting);
    if (!found) continue;
    const parent = parts[index - 1]?.toLowerCase() ?? '';
    const top = index === 0 && topFolders.has(part.toLowerCase());
    if (!weak.has(found.name.toLowerCase()) || folders.has(parent) || top) return found;
  }
  return undefined;
}

/** `eu-prod`, `cluster_staging`: a folder whose last word is a name of its own. */
function lastWord(part: string, setting: Setting): NamedEnvironment | undefined {
  const words = part.split(/[-_]/);
  const last = words.at(-1);
  if (words.length < 2 || !last || weak.has(last.toLowerCase())) return undefined;
  return environmentNamed(last, setting);
}
