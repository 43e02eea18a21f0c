import vocabulary from '../../resources/topics.json' with { type: 'json' };
import type { Severity, Surface } from '../model.ts';

/** What a key touches. */
export interface Topic {
  topic: string;
  /** The topic as a sentence has it: `a rate limit`, `the cache`. */
  phrase: string;
  surface: Surface;
  /** What a difference there can do. */
  weight: Severity;
  /** Its presence keeps somebody out. */
  restriction: boolean;
}

interface Entry {
  topic: string;
  phrase?: string;
  surface: string;
  weight: string;
  restriction?: boolean;
  words: string[];
  pairs: string[];
}

function compiled(each: Entry) {
  return {
    topic: {
      topic: each.topic,
      phrase: each.phrase ?? each.topic,
      surface: each.surface as Surface,
      weight: each.weight as Severity,
      restriction: each.restriction === true,
    } satisfies Topic,
    words: new Set(each.words),
    pairs: new Set<string>(each.pairs),
  };
}

const topics = vocabulary.topics.map(compiled);
const topicsInCode = [...topics, ...vocabulary.inCode.topics.map(compiled)];
const weakInCode = new Set(vocabulary.inCode.weak);

/** The words of a name, lower case: `useHTTPSOnly`, `USE_HTTPS_ONLY` and `use-https.only` give the same. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The topic of a key, a function or a file, by the words of its name; of a dotted path by its last part, then by the one before. */
export function topicOf(name: string): Topic | undefined {
  const parts = name.split('.').filter(Boolean).slice(-2);
  const own = topicOfPart(parts.at(-1) ?? '') ?? topicOfPart(parts.length > 1 ? (parts[0] ?? '') : '');
  // `features.orders.export`: the head of a longer path says that all below it are flags.
  return (
    own ?? (/^(?:features?|feature-?flags?|flags|toggles)\.\w/i.test(name) ? topicNamed('feature flag') : undefined)
  );
}

function topicOfPart(name: string): Topic | undefined {
  return topicOfWords(wordsOf(name), topics);
}

function topicOfWords(all: readonly string[], among: typeof topics, words = all): Topic | undefined {
  const pairs = all.map((word, index) => `${word} ${all[index + 1] ?? ''}`);
  return among.find((each) => words.some((word) => each.words.has(word)) || pairs.some((pair) => each.pairs.has(pair)))
    ?.topic;
}

/** A topic by its own name: `session`, `mail`. */
export function topicNamed(name: string): Topic | undefined {
  return topicsInCode.find((each) => each.topic.topic === name)?.topic;
}

/** Names recur; the topics of the last some thousand are kept. */
const known = new Map<string, Topic | undefined>();
const MAX_KNOWN = 20_000;

/** The topic of one name or word in program text; words that any program has say nothing alone. */
export function topicInCode(name: string): Topic | undefined {
  if (known.has(name)) return known.get(name);
  if (known.size > MAX_KNOWN) known.clear();
  const words = wordsOf(name);
  const strong = words.filter((word) => !weakInCode.has(word));
  const found = topicOfWords(words, topicsInCode, strong);
  known.set(name, found);
  return found;
}
