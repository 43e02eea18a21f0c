import { parseJson } from '../../syntax/json.ts';
import { parseToml } from '../../syntax/toml.ts';
import type { Tree } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';

/** The trees of a YAML, JSON or TOML file, told apart by the path's ending; anything else is read as YAML. */
export function parseTrees(path: string, text: string): { trees: Tree[]; broken: string[] } {
  const json = /\.jsonc?(?:\.\w+)?$/.test(path);
  if (json || /\.(?:toml|cfg)(?:\.\w+)?$/.test(path)) {
    const { tree, broken } = json ? parseJson(text) : parseToml(text);
    return { trees: tree ? [tree] : [], broken };
  }
  const { documents, broken } = parseYaml(text);
  return { trees: documents, broken };
}
