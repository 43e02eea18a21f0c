import { basename } from 'node:path/posix';
import { at, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

/** `PRAGMA journal_mode = WAL` in a command. */
const JOURNAL_MODE = /\bPRAGMA\s+journal_mode\s*=\s*["']?(\w{1,20})/i;

export const litefs: Reader = {
  name: 'litefs',
  reads: 'LiteFS: `litefs.yml`: what leads, and the commands that run before the application',
  reach: DEPLOYED,
  matches: (path) => /^(?:etc-)?litefs(?:[.-][\w-]+)?\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const own = documents.filter(
      (document) => at(document, 'fuse') !== undefined || at(document, 'lease') !== undefined,
    );
    if (own.length === 0) return null;
    const where: Where = { ...environmentOfManifest(file.path), unit: 'litefs' };
    return readResult(
      own.flatMap((document) => [
        ...operationsFindings('lease', at(document, 'lease', 'type'), where, { surface: 'services' }),
        ...commandsOf(document).flatMap((command) => commandFindings(command, where)),
      ]),
      broken,
    );
  },
};

/** `exec` is one command, or a list of them. */
function commandsOf(document: Tree): Tree[] {
  const exec = at(document, 'exec');
  return exec?.kind === 'list' ? items(exec) : exec ? [exec] : [];
}

/** A command runs on every machine, or only on one that may lead. */
function commandFindings(command: Tree, where: Where): Finding[] {
  const text = command.kind === 'scalar' ? command.text : textAt(command, 'cmd');
  const line = (command.kind === 'scalar' ? command : at(command, 'cmd'))?.line;
  if (text === undefined || line === undefined) return [];
  const unit = textAt(command, 'if-candidate') === 'true' ? 'candidate' : undefined;
  const place: Place = { ...where, unit, line };
  const mode = JOURNAL_MODE.exec(text)?.[1];
  return [
    findingAt(place, { surface: 'operations', subject: 'litefs', attribute: 'process', value: text }),
    ...(mode
      ? [
          findingAt(place, {
            surface: 'services',
            subject: 'sqlite',
            attribute: 'journal-mode',
            value: mode.toUpperCase(),
          }),
        ]
      : []),
  ];
}
