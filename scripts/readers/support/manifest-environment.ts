import vocabulary from '../../../resources/environments.json' with { type: 'json' };
import { environmentIn, environmentOfPath, type NamedEnvironment } from '../../environments/names.ts';
import { roleOf } from '../../repository/path-role.ts';
import { type Tree, textAt } from '../../syntax/tree.ts';
import type { Place } from './place.ts';

type Where = Omit<Place, 'line'>;

const weak = new Set(vocabulary.weak);

/**
 * The environment of a deployed file by its path; `shared` where the path names none. A word with an everyday meaning at the
 * start of a longer file name tells what the file is about (`test-database-backups.yaml`), not where it is in force.
 */
export function environmentOfManifest(path: string): Where {
  if (roleOf(path) === 'test') return { environment: 'test', class: 'test' };
  return environmentOfDeployedPath(path);
}

/** The environment that the path of a file that is always deployed names; `shared` where it names none. */
export function environmentOfDeployedPath(path: string): Where {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const file = withoutTopic(path.slice(folder.length));
  return named(environmentOfPath(`${folder}${file}`, 'deployed')) ?? { environment: 'shared' };
}

/** A file's name without a word of everyday meaning at the start of it, which tells what the file is about. */
export function withoutTopic(file: string): string {
  return file.replace(/^([A-Za-z0-9]+)[-_]/, (start, word: string) => (weak.has(word.toLowerCase()) ? '' : start));
}

/** The environment that an object's own namespace names, where its path names none. */
export function environmentOfObject(object: Tree, ofFile: Where): Where {
  if (ofFile.environment !== 'shared') return ofFile;
  const namespace = textAt(object, 'metadata', 'namespace') ?? textAt(object, 'namespace');
  if (!namespace || /[{$]/.test(namespace)) return ofFile;
  return named(environmentIn(namespace, 'deployed')) ?? ofFile;
}

function named(found: NamedEnvironment | undefined): Where | undefined {
  return found && { environment: found.name, class: found.class };
}
