import vocabulary from '../../resources/secrets.json' with { type: 'json' };
import { wordsOf } from '../services/topic.ts';

const words = new Set(vocabulary.keyWords);
const pairs = new Set(vocabulary.keyPairs.map((pair) => pair.join(' ')));
const plainKeys = new Set(vocabulary.plainKeys);
const plainSuffixes = new Set(vocabulary.plainSuffixes);
const plainPairs = new Set(vocabulary.plainPairs.map((pair) => pair.join(' ')));
const holders = new Set(vocabulary.holders);
const valueNames = new Set(vocabulary.valueNames);
/** Words that are one with others: `PGPASSWORD`, `AUTHTOKEN`. */
const FUSED = /(?:password|passwd|passphrase|secret|(?:auth|access|api|bearer|refresh)token)$/;

/** Names recur; what was found of the last some thousand is kept. */
const known = new Map<string, boolean>();
const MAX_KNOWN = 20_000;

/**
 * Whether a key's name says that its value is a secret: `DB_PASSWORD`, `apiKey`, `SECRET_KEY_BASE`; not `TOKEN_TTL`, not `NODE_ENV`. Of a
 * dotted key the last part counts, and the one that it stands under: `secrets.stripe`; not `token-client.timeout`.
 */
export function isSecretKey(key: string): boolean {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > MAX_KNOWN) known.clear();
  const judged = judge(key);
  known.set(key, judged);
  return judged;
}

function judge(key: string): boolean {
  const path = key.split('.');
  const last = (path.pop() ?? '').replace(/\[\d*\]$/, '');
  const parent = path.at(-1) ?? '';
  if (parent === '') return judgeName(last);
  // `db.password.value`, `tokens.0`
  if (valueNames.has(last.toLowerCase()) || /^\d*$/.test(last)) return judge(path.join('.'));
  const [first = '', ...more] = wordsOf(last);
  if (judgeName(last)) return true;
  if (plainSuffixes.has(more.at(-1) ?? first)) return false;
  const [holder = ''] = wordsOf(parent).slice(-1);
  return holders.has(holder) || pairs.has(`${holder} ${first}`);
}

function judgeName(key: string): boolean {
  const parts = wordsOf(key).map((part) => part.replace(/(?<=[a-z])\d+$/, ''));
  const last = parts.at(-1);
  if (last !== undefined && parts.length > 1 && plainSuffixes.has(last) && !pairs.has(parts.slice(-2).join(' ')))
    return false;
  // `sameSite` and `maxAge` are written as one word and as two.
  if (plainSuffixes.has(parts.slice(-2).join(''))) return false;
  const named = parts.filter(
    (part, index) =>
      !plainPairs.has(`${part} ${parts[index + 1] ?? ''}`) && !plainPairs.has(`${parts[index - 1] ?? ''} ${part}`),
  );
  if (named.some((part) => words.has(part) || FUSED.test(part))) return true;
  if (last === 'key' && parts.length > 1 && !plainKeys.has(parts.at(-2) ?? '')) return true;
  return parts.some((part, index) => pairs.has(`${part} ${parts[index + 1] ?? ''}`));
}
