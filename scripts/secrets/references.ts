import vocabulary from '../../resources/secrets.json' with { type: 'json' };
import { isSecretKey } from './secret-key.ts';

const plainValues = new Set(vocabulary.plainValues);

/** What only points to a value (a default inside it would be a value): `${X}`, `$X`, `$(x)`, `{{ x }}`, `<%= x %>`, `process.env.X`, `secrets.X`, `<your token>`. */
const reference =
  /^(?:\$\{\{[^}]*\}\}|\$\{[a-z]\w*(?:[.-][a-z]+)*\.[a-z]+(?:-[a-z]+)*\}|\$\{[A-Za-z_][\w.]*(?::?[-=+]|:?\?[^}]*)?\}|\$[A-Za-z_]\w*|\$\([^)]*\)|\{\{[^}]*\}\}|<%[^%]*%>|<[^<>]*>|%[A-Za-z_][\w.]*%|#\{[^}]*\}|\$?(?:process\.env|import\.meta\.env|os\.environ|environ|env|ENV|secrets|vars|var|local|data|module|config|settings|self|this|params|props|args|options|request|req|parameters)[.[(?!](?:[^"'`]|(?<=[[(])(?:"[\w.:/-]*"|'[\w.:/-]*'))*|os\.[Gg]etenv\((?:[^"'`]|"[\w.]*"|'[\w.]*')*)$/;

/** A list or a map with nothing in it. */
const EMPTY = /^(?:\[\s*\]|\{\s*\})$/;

/** Whether a value only points to where the value is, or says that there is none. */
export function isReference(text: string): boolean {
  const bare = text.trim().replace(/^(["'`])(.*)\1$/s, '$2');
  return bare === '' || EMPTY.test(bare) || reference.test(bare) || plainValues.has(bare.toLowerCase());
}

const fieldNames = new Set(vocabulary.fieldNames);
const SECRET_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const DURATION = /^(?:\d{1,3}|\d{1,6}(?:\.\d+)?\s?(?:ms|s|m|h|d|min|sec|seconds?|minutes?|hours?|days?))$/;
const PATH = /^(?:~|\.{1,2})?(?:\/[a-z_][a-z_.-]*)+\/[a-z_][a-z0-9_.-]*$/;
const ADDRESS = /^[a-z][a-z-]*(?:\.[a-z][a-z-]*)*:\d{2,5}$/;

/**
 * Whether a value is no secret though its key is called like one: it says where or how long (`/run/secrets/db`, `5`, `cache:6379`), or what
 * the secret is called (`secretKey: DB_PASSWORD`, `secret.key: db-password`).
 */
export function isPlainFor(key: string, value: string): boolean {
  const bare = value.trim().replace(/^(["'`])(.*)\1$/s, '$2');
  if (/(?:^|[^a-z])(?:pin|otp|pass(?:word|code)?|pwd|code)$/i.test(key)) return bare === key && SECRET_NAME.test(bare);
  if (bare.length < 2 || DURATION.test(bare) || PATH.test(bare)) return true;
  if (/connection[_.-]?string$/i.test(key) && ADDRESS.test(bare)) return true;
  if (/secret\.key$/i.test(key))
    return fieldNames.has(bare) || (/^[A-Za-z]+(?:[_.-][A-Za-z]+)+$/.test(bare) && isSecretKey(bare));
  return (
    SECRET_NAME.test(bare) &&
    isSecretKey(bare) &&
    (bare === key || /(?:[a-z](?:Key|Env|Ref)|[_-](?:key|env|ref))$/.test(key))
  );
}
