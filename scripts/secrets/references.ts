import vocabulary from '../../resources/secrets.json' with { type: 'json' };

const plainValues = new Set(vocabulary.plainValues);

/** What only points to a value (a default inside it would be a value): `${X}`, `$X`, `$(x)`, `{{ x }}`, `<%= x %>`, `process.env.X`, `secrets.X`, `<your token>`. */
const reference =
  /^(?:\$\{\{[^}]*\}\}|\$\{[A-Za-z_][\w.]*(?::?[-=+]|:?\?[^}]*)?\}|\$[A-Za-z_]\w*|\$\([^)]*\)|\{\{[^}]*\}\}|<%[^%]*%>|<[^<>]*>|%[A-Za-z_][\w.]*%|#\{[^}]*\}|\$?(?:process\.env|import\.meta\.env|os\.environ|environ|env|ENV|secrets|vars|var|local|data|module|config|settings|self|this|params|props|args|options|request|req|parameters)[.[(?!](?:[^"'`]|(?<=[[(])(?:"[\w.:/-]*"|'[\w.:/-]*'))*|os\.[Gg]etenv\((?:[^"'`]|"[\w.]*"|'[\w.]*')*)$/;

/** A list or a map with nothing in it. */
const EMPTY = /^(?:\[\s*\]|\{\s*\})$/;

/** Whether a value only points to where the value is, or says that there is none. */
export function isReference(text: string): boolean {
  const bare = text.trim().replace(/^(["'`])(.*)\1$/s, '$2');
  return bare === '' || EMPTY.test(bare) || reference.test(bare) || plainValues.has(bare.toLowerCase());
}
