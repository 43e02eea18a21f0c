import type { Fact } from '../model.ts';
import { cut } from '../output/text.ts';

/** Facts named in one sentence; the rest is counted. */
const MOST = 8;
const MAX_VALUE = 60;

/** What the files say of the subject itself, and not only of how the program asks for it. */
export function isSetting(fact: Fact): boolean {
  return !['read', 'default', 'type', 'exposure', 'fixed-at', 'build-arg', 'client', 'real'].includes(fact.attribute);
}

/** Facts as one line: `node 20.11; postgresql 16; LOG_LEVEL=info; DATABASE_URL (set, not told); and 4 more`. Empty for none. */
export function factsInWords(facts: readonly Fact[], first: ReadonlySet<string> = new Set()): string {
  const ordered = [
    ...facts.filter((fact) => first.has(fact.subject)),
    ...facts.filter((fact) => !first.has(fact.subject)),
  ];
  const phrases = [...new Set(ordered.map(phrase))];
  const more = phrases.length - MOST;
  return [...phrases.slice(0, MOST), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function phrase(fact: Fact): string {
  const { subject, attribute, value } = fact;
  const told = value === null ? undefined : short(String(value));
  const write = PHRASES[attribute];
  if (write) return write(subject, told);
  const property = attribute.replace(/-/g, ' ');
  return told === undefined ? `${subject} ${property} (set, not told)` : `${subject} ${property} ${told}`;
}

const PHRASES: { [attribute: string]: (subject: string, value: string | undefined) => string } = {
  version: (subject, value) => `${subject} ${value ?? '(version not told)'}`,
  image: (subject, value) => `${subject} from image ${value ?? '(not told)'}`,
  engine: (subject, value) => `${subject} as ${value ?? '(not told)'}`,
  scheme: (subject, value) => `${subject} by ${value ?? '(not told)'} URL`,
  client: (subject, value) => `${subject} through ${value ?? '(not told)'}`,
  value: (subject, value) =>
    value === undefined ? `${subject} (set, not told)` : value === '' ? `${subject} set empty` : `${subject}=${value}`,
  // What the program refuses is told in its own words, which name the key already.
  refused: (subject, value) =>
    value?.includes(subject) ? `refused: ${value}` : `${subject} refused: ${value ?? '(not told)'}`,
  arm: (subject, value) => `${subject} has an arm of its own for ${value ?? '(not told)'}`,
  'fails-open': (subject, value) => `${subject} unset counts as ${value ?? '(not told)'}`,
  override: (subject, value) => `${subject} is overridden: ${value ?? '(not told)'}`,
  'sent-to-browser': (subject) => `${subject} reaches the browser`,
  'secret-reference': (subject, value) => `${subject} from secret ${value ?? '(not told)'}`,
  process: (subject, value) => {
    // Where no command is told, the value says what the unit is made of, or repeats its name.
    if (value === 'image' || value === 'build') return `${subject} runs its ${value}`;
    return value === undefined || value === subject ? `${subject} runs` : `${subject} runs ${value}`;
  },
};

function short(text: string): string {
  return text.length > MAX_VALUE ? `${cut(text, MAX_VALUE - 3)}...` : text;
}
