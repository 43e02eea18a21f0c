import vocabulary from '../../resources/applications.json' with { type: 'json' };
import type { Application } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { redactShapes } from '../secrets/withhold.ts';
import { parseJson } from '../syntax/json.ts';
import { parseToml } from '../syntax/toml.ts';
import { at, entry, textAt } from '../syntax/tree.ts';
import { roleOf } from './path-role.ts';
import type { Repository } from './repository.ts';

const starts = new Set(vocabulary.starts);
const genericNames = new Set(vocabulary.genericNames);

/** The applications of a repository, the root first if it is one, then by path. Folders of tests, examples and documentation hold none. */
export function listApplications(repository: Repository): Application[] {
  const byFolder = new Map<string, string[]>();
  for (const path of repository.files) {
    const cut = path.lastIndexOf('/');
    const folder = cut === -1 ? '.' : path.slice(0, cut);
    const own = byFolder.get(folder) ?? [];
    own.push(path.slice(cut + 1));
    byFolder.set(folder, own);
  }
  const applications: Application[] = [];
  for (const [folder, names] of byFolder) {
    if (!vocabulary.manifests.some((name) => names.includes(name))) continue;
    if (folder !== '.' && roleOf(`${folder}/x`) !== 'application') continue;
    if (!names.some((name) => starts.has(name) || /\.csproj$/.test(name)) && !hasStartScript(repository, folder, names))
      continue;
    applications.push({ name: nameOf(repository, folder) ?? folder.split('/').at(-1) ?? folder, path: folder });
  }
  return applications.sort((a, b) => byCodeUnit(a.path, b.path));
}

/**
 * The name of the application in a folder, from its manifests, then its chart, compose project or README title.
 * Never from the name of the folder that the repository happens to stand in: a copy elsewhere is the same application.
 */
export function nameOf(repository: Repository, folder: string): string | undefined {
  const read = (name: string): string | undefined => {
    const path = folder === '.' ? name : `${folder}/${name}`;
    if (!repository.files.includes(path)) return undefined;
    const file = repository.read(path);
    return file.ok ? file.text : undefined;
  };
  const names = NAME_SOURCES.flatMap(({ file, name }) => {
    const text = read(file);
    const stated = text === undefined ? undefined : name(text);
    const found = stated === undefined || redactShapes(stated) !== stated ? undefined : stated;
    // The scope of `@acme/root` says more than the rest.
    const scope = /^@([^/]+)\//.exec(found ?? '')?.[1];
    return found === undefined ? [] : [slug(found), ...(scope ? [slug(scope)] : [])];
  }).filter((name) => name !== '');
  // Below the root `web` tells one application from another; of the whole it tells nothing.
  return (folder === '.' ? names.find((name) => !genericNames.has(name)) : undefined) ?? names[0];
}

/** Lower-case words joined by single hyphens, ASCII only, as skill names must be; at most 40 characters. */
export function slug(text: string): string {
  return text
    .replace(/^@[^/]+\//, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}

const NAME_SOURCES: { file: string; name: (text: string) => string | undefined }[] = [
  { file: 'package.json', name: (text) => textAt(parseJson(text).tree, 'name') },
  {
    file: 'pyproject.toml',
    name: (text) => {
      const { tree } = parseToml(text);
      return textAt(tree, 'project', 'name') ?? textAt(at(tree, 'tool', 'poetry'), 'name');
    },
  },
  { file: 'Cargo.toml', name: (text) => textAt(parseToml(text).tree, 'package', 'name') },
  {
    file: 'go.mod',
    name: (text) =>
      /^module[ \t]+(\S{1,300})/m
        .exec(text)?.[1]
        ?.replace(/\/v\d+$/, '')
        .split('/')
        .at(-1),
  },
  { file: 'composer.json', name: (text) => textAt(parseJson(text).tree, 'name')?.split('/').at(-1) },
  { file: 'mix.exs', name: (text) => /\bapp:\s*:(\w+)/.exec(text)?.[1] },
  { file: 'app.json', name: (text) => textAt(parseJson(text).tree, 'name') },
  { file: 'fly.toml', name: (text) => textAt(parseToml(text).tree, 'app') },
  // The module of a Rails application.
  { file: 'config/application.rb', name: (text) => words(/^module[ \t]+([A-Z]\w{1,60})[ \t]*$/m.exec(text)?.[1]) },
  { file: 'README.md', name: titleOf },
];

/** `forms runner` of `FormsRunner`. */
function words(name: string | undefined): string | undefined {
  return name?.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}

/** The first title of a README, without its badges; what stands in a fence is none. */
function titleOf(text: string): string | undefined {
  const line = text
    .slice(0, 20_000)
    .replace(/^ {0,3}(```|~~~)[\s\S]*?^ {0,3}\1/gm, '')
    .split('\n')
    .find((each) => /^#\s+\S/.test(each));
  const title = line
    ?.replace(/^#\s+/, '')
    .replace(
      /!?\[!\[[^[\]]{0,200}\]\([^()]{0,300}\)\]\([^()]{0,300}\)|!\[[^[\]]{0,200}\]\([^()]{0,300}\)|<[^<>]{0,300}>/g,
      '',
    )
    .replace(/\[([^[\]]{1,200})\]\([^()]{0,300}\)/g, '$1')
    .trim();
  return title !== undefined && title.length >= 2 && title.length <= 60 ? title : undefined;
}

function hasStartScript(repository: Repository, folder: string, names: readonly string[]): boolean {
  if (!names.includes('package.json')) return false;
  const file = repository.read(folder === '.' ? 'package.json' : `${folder}/package.json`);
  if (!file.ok) return false;
  const scripts = at(parseJson(file.text).tree, 'scripts');
  return vocabulary.startScripts.some((name) => entry(scripts, name) !== undefined);
}
