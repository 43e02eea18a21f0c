import { basename } from 'node:path/posix';
import vocabulary from '../../resources/edge.json' with { type: 'json' };
import { type Directive, eachDirective } from '../syntax/directive.ts';
import { type LineRole, parseLines, wordsOfLine } from '../syntax/line-directives.ts';
import { splitLines } from '../syntax/lines.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { edgeFinding, environmentOfEdge, headerFindings } from './support/edge-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

const subjects = new Map(Object.entries(vocabulary.caddy));

export const caddyfile: Reader = {
  name: 'caddyfile',
  reads: 'Caddy’s configuration: `Caddyfile`, `Caddyfile.*`, `*.caddy`, `*.Caddyfile`',
  reach: DEPLOYED,
  matches: (path) => /^Caddyfile(?:[._-][\w.-]+)?$|\.caddy(?:file)?$/i.test(basename(path)),
  read(file) {
    const { directives, broken } = parseLines(file.text, roleOfLine);
    const where = environmentOfEdge(file.path);
    const all = [...eachDirective(directives)];
    const findings = all.flatMap(({ directive, within }) =>
      directiveFindings(directive, within, { ...where, unit: unitOf(within), line: directive.line }),
    );
    return readResult([...findings, ...variablesOf(file.text, where)], broken);
  },
};

function roleOfLine(line: string): LineRole | undefined {
  const text = line.replace(/(?:^|\s)#.*$/, '').trim();
  if (text === '') return undefined;
  if (text === '}') return { role: 'closes', words: [] };
  const opens = /(?:^|\s)\{$/.test(text);
  return { role: opens ? 'opens' : 'directive', words: wordsOfLine(opens ? text.slice(0, -1).trim() : text) };
}

/** The site that a directive stands in; the block of global options has no name, a snippet one in brackets. */
function unitOf(within: readonly Directive[]): string | undefined {
  return within[0]?.name.replace(/,$/, '').replace(/^\((.*)\)$/, '$1') || undefined;
}

function directiveFindings(directive: Directive, within: readonly Directive[], place: Place): Finding[] {
  const { name, args } = directive;
  const said = (subject: string, value: string): Finding[] =>
    value === '' ? [] : [edgeFinding(subject, value, place)];
  if (within.length === 0) return siteFindings(directive, said);
  if (within.at(-1)?.name === 'header') return headerFindings(name.replace(/^[+?>]/, ''), args.join(' '), place);
  // A matcher (`/api/*`, `@name`, `*`) stands before what a directive is given.
  const own = isMatcher(args[0] ?? '') ? args.slice(1) : args;
  const text = own.join(' ');
  if (name === 'header') return headerFindings((own[0] ?? '').replace(/^[+?>]/, ''), own.slice(1).join(' '), place);
  if (name === 'respond') return /^(?:401|403|404|410)$/.test(text) ? said('access', `respond ${text}`) : [];
  const subject = subjects.get(name);
  if (subject === undefined || (subject === 'rate-limit' && directive.block)) return [];
  if (subject === 'access') return said(subject, `${name} ${name.startsWith('basic') ? '' : text}`.trim());
  // `tls` with a mail address asks for certificates in its name.
  return said(subject, subject === 'upstream' ? text : text || (directive.block ? '' : name));
}

function siteFindings(directive: Directive, said: (subject: string, value: string) => Finding[]): Finding[] {
  const addresses = [directive.name, ...directive.args].map((each) => each.replace(/,$/, ''));
  if (addresses[0] === '' || /^\(|^import$/.test(addresses[0] ?? '')) return [];
  return addresses.flatMap((each) => (/^:\d+$/.test(each) ? said('listen', each) : said('host', each)));
}

function isMatcher(word: string): boolean {
  return /^(?:@|\/|\*$)/.test(word);
}

/** `{$NAME}`, `{$NAME:default}`, `{env.NAME}`: keys of the environment that the server is started in. */
function variablesOf(text: string, where: Omit<Place, 'line'>): Finding[] {
  return splitLines(text).flatMap((line, index) =>
    /^\s*#/.test(line)
      ? []
      : [...line.matchAll(/\{(?:\$|env\.)([A-Za-z_]\w*)(?::([^{}]*))?\}/g)].flatMap(([, key = '', fallback]) => {
          const place = { ...where, line: index + 1 };
          const said = { surface: 'config', subject: key } as const;
          return fallback === undefined
            ? [findingAt(place, { ...said, attribute: 'read', value: 'required' })]
            : [
                findingAt(place, { ...said, attribute: 'read', value: 'defaulted' }),
                findingAt(place, { ...said, attribute: 'default', value: fallback }),
              ];
        }),
  );
}
