import { parseJson } from '../../syntax/json.ts';
import { parseToml } from '../../syntax/toml.ts';
import type { Tree } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';

/** Parses YAML, JSON (with comments too) or TOML, as the file's name tells; one tree a document. Never throws. */
export function parseDocuments(path: string, text: string): { trees: Tree[]; broken: string[] } {
  if (/\.ya?ml$/.test(path)) {
    const { documents, broken } = parseYaml(text);
    return { trees: documents, broken };
  }
  const { tree, broken } = path.endsWith('.toml') ? parseToml(text) : parseJson(text);
  return { trees: tree ? [tree] : [], broken };
}
