import { basename } from 'node:path/posix';
import { lineAtOffset, lineStarts } from '../syntax/lines.ts';
import { ownEntry } from '../syntax/own-entry.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';

/** Calls whose first argument says what runs, and the attribute that it becomes. */
const CALLS: { [call: string]: string } = {
  docker_build: 'process',
  custom_build: 'process',
  docker_compose: 'compose-file',
  k8s_yaml: 'manifest',
  local_resource: 'process',
  helm_resource: 'chart',
};
const CALL =
  /^[ \t]{0,40}(?:\w{1,40}[ \t]?=[ \t]?)?(docker_build|custom_build|docker_compose|k8s_yaml|local_resource|helm_resource)[ \t]?\(/gm;
/** As far as one call's arguments are looked through. */
const MAX_CALL = 2000;

export const tiltfile: Reader = {
  name: 'tiltfile',
  reads: 'Tiltfiles: images that are built, manifests and compose files that are run, local resources',
  reach: LAPTOP,
  matches: (path) => /^Tiltfile(?:\.[\w-]+)?$|\.tilt$/.test(basename(path)),
  read(file) {
    const starts = lineStarts(file.text);
    const findings = [...file.text.matchAll(CALL)].flatMap((match): Finding[] => {
      const call = match[1] ?? '';
      const start = match.index + match[0].length;
      const given = argumentsOf(file.text, start);
      const lineOf = (offset: number) => lineAtOffset(starts, start + offset);
      const first = /^\s*\[?\s*(["'])([^"'\n]{1,300})\1/.exec(given);
      const text = first?.[2];
      const attribute = ownEntry(CALLS, call);
      if (first === null || text === undefined || attribute === undefined) return [];
      const isFile = attribute === 'manifest' || attribute === 'compose-file';
      const unit = isFile ? 'tilt' : (text.split('/').at(-1) ?? text);
      const place = { environment: 'local', class: 'local', unit, line: lineOf(first[0].length - 1) } as const;
      const said = (name: string, value: string, line: number) =>
        findingAt({ ...place, line }, { surface: 'operations', subject: unit, attribute: name, value });
      if (isFile) {
        return listed(given).map((each) => said(attribute, each.text, lineOf(each.offset)));
      }
      const second = call === 'local_resource' || call === 'helm_resource' ? (listed(given)[1]?.text ?? '') : 'build';
      const options = ['dockerfile', 'target'].flatMap((name) => {
        const found = new RegExp(`\\b${name}\\s?=\\s?(["'])([^"'\\n]{1,200})\\1`).exec(given);
        return found ? [said(name, found[2] ?? '', lineOf(found.index))] : [];
      });
      return [...(second === '' ? [] : [said(attribute, second, place.line)]), ...options];
    });
    return { findings };
  },
};

/** The text of a call's arguments, up to its own closing bracket. */
function argumentsOf(text: string, start: number): string {
  let depth = 1;
  const end = Math.min(text.length, start + MAX_CALL);
  for (let index = start; index < end; index += 1) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0) return text.slice(start, index);
  }
  return text.slice(start, end);
}

/** The strings that arguments start with, one after another or in a list. */
function listed(given: string): { text: string; offset: number }[] {
  const head = given.split(/\w\s?=(?!=)/)[0] ?? given;
  return [...head.matchAll(/(["'])([^"'\n]{1,300})\1/g)].map((match) => ({
    text: match[2] ?? '',
    offset: match.index,
  }));
}
