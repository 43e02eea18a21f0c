import { roleOf } from '../repository/path-role.ts';
import { at, type Tree } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { parseDocuments } from './support/parse-document.ts';

/** Data that says who may do what, by its name. */
const ABOUT_ACCESS =
  /(?:auth|permission|role|access|acl|polic|grant|groups?|scopes?|pages?|routes?)[\w.-]*\.(?:json|ya?ml)$/i;
const LISTS = /^(?:allowed|required|permitted|authori[sz]ed|accepted)[-_]?(?:roles?|groups?|permissions?|scopes?)$/i;
const OF_DATABASE = /^(?:pg|db|database|postgres)[-_]?roles?$/i;
const MAX_FINDINGS = 200;
const MAX_DEPTH = 12;

export const roleData: Reader = {
  name: 'role-data',
  reads:
    'Data files of the application that say which roles a page or route asks for, and which database role a group has',
  reach: EVERYWHERE,
  fallback: true,
  source: true,
  endings: ['.json', '.yml', '.yaml'],
  matches: (path) => ABOUT_ACCESS.test(path) && roleOf(path) === 'application',
  read(file) {
    const { trees } = parseDocuments(file.path, file.text);
    const findings = trees.flatMap((tree) => rolesIn(tree, '', 0)).slice(0, MAX_FINDINGS);
    return findings.length > 0 ? { findings } : null;
  },
};

function rolesIn(node: Tree, name: string, depth: number): Finding[] {
  if (depth > MAX_DEPTH || node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap((item) => rolesIn(item, name, depth + 1));
  return node.entries.flatMap(({ key, value, line }): Finding[] => {
    const place = { surface: 'identity', environment: 'shared', line } as const;
    if (OF_DATABASE.test(key) && value.kind === 'scalar' && value.text !== '')
      return [
        {
          ...place,
          subject: 'database-role',
          attribute: 'setting',
          value: value.text,
          ...(name ? { unit: name } : {}),
        },
      ];
    if (LISTS.test(key)) {
      const roles = value.kind === 'list' ? value.items : [value];
      const told = roles.flatMap((role) => (role.kind === 'scalar' && role.text !== '' ? [role.text] : []));
      if (told.length === 0) return [];
      const unit = unitOf(node) ?? name;
      const said = { ...place, subject: 'required-roles', attribute: 'setting', value: told.join(',') };
      return [{ ...said, ...(unit ? { unit } : {}) }];
    }
    return rolesIn(value, key, depth + 1);
  });
}

/** What the roles are asked for: the path or the name beside them. */
function unitOf(node: Tree): string | undefined {
  for (const key of ['path', 'routePaths', 'paths', 'route', 'page', 'name', 'url', 'pattern']) {
    const value = at(node, key);
    const first = value?.kind === 'list' ? value.items[0] : value;
    if (first?.kind === 'scalar' && first.text !== '') return first.text;
  }
  return undefined;
}
