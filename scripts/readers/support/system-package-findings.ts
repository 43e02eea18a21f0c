import { type Subject, subjectNamed } from '../../services/subject.ts';
import { parseShell, type ShellWord } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { toolSubject } from './tool-subject.ts';

const INSTALLERS = new Map([
  ['apt-get', 'install'],
  ['apt', 'install'],
  ['aptitude', 'install'],
  ['apk', 'add'],
  ['yum', 'install'],
  ['dnf', 'install'],
  ['microdnf', 'install'],
]);
const WITH_ARGUMENT = new Set([
  '-t',
  '--target-release',
  '-o',
  '--option',
  '--repository',
  '-X',
  '--virtual',
  '-p',
  '--root',
]);

/**
 * What the packages that a script installs say: a service's own client (`postgresql-client-16`) as `client`, and a pinned
 * package (`nginx=1.27.1`) as `version`. What is neither pinned nor a service's says nothing.
 */
export function systemPackageFindings(script: string, firstLine: number, place: Omit<Place, 'line'>): Finding[] {
  return parseShell(script, firstLine).flatMap(({ words }) => {
    const start = words.findIndex((word) => INSTALLERS.has(word.text.split('/').at(-1) ?? ''));
    const installer = words[start];
    if (start > 1 || !installer) return sourceFindings(words, place);
    const verb = INSTALLERS.get(installer.text.split('/').at(-1) ?? '');
    const from = words.findIndex((word, index) => index > start && word.text === verb);
    if (from === -1) return [];
    return packagesIn(words.slice(from + 1)).flatMap((word) => packageFindings(word, { ...place, line: word.line }));
  });
}

function packagesIn(words: readonly ShellWord[]): ShellWord[] {
  return words.filter(
    (word, index) =>
      !word.text.startsWith('-') && !WITH_ARGUMENT.has(words[index - 1]?.text ?? '') && !/[$`<>]/.test(word.text),
  );
}

function packageFindings(word: ShellWord, place: Place): Finding[] {
  const parts = /^([a-z0-9][a-z0-9.+_-]*?)(?:(?:=|~=|=~|~)([~\w.:+*-]+))?$/i.exec(word.text);
  const name = parts?.[1];
  if (!name) return [];
  const version = parts[2]?.replace(/^~/, '');
  const service = serviceOfClient(name);
  if (service) return [findingAt(place, { ...service, attribute: 'client', value: word.text })];
  return version ? [findingAt(place, { ...toolSubject(name), attribute: 'version', value: version })] : [];
}

/** `postgresql-client-16`, `postgresql16-client`, `default-mysql-client`, `redis-tools`, `sqlite3`. */
function serviceOfClient(name: string): Subject | undefined {
  const base = /^(?:default-)?([a-z]+(?:-[a-z]+)*?)-?[\d.]*(?:-(?:clients?|tools)(?:-core)?)?(?:-?[\d.]+)?$/.exec(
    name,
  )?.[1];
  const found = base === undefined ? undefined : subjectNamed(base);
  return found?.surface === 'services' ? found : undefined;
}

/** A package source that is of one version: `https://deb.nodesource.com/node_24.x`. */
function sourceFindings(words: readonly ShellWord[], place: Omit<Place, 'line'>): Finding[] {
  return words.flatMap((word) => {
    const version = /nodesource\.com\/(?:setup|node)_(\d+)(?:\.x)?/.exec(word.text)?.[1];
    if (!version) return [];
    return [
      findingAt(
        { ...place, line: word.line },
        { surface: 'runtime', subject: 'node', attribute: 'version', value: version },
      ),
    ];
  });
}
