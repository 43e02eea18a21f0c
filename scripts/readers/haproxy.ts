import { basename } from 'node:path/posix';
import vocabulary from '../../resources/edge.json' with { type: 'json' };
import { type Directive, eachDirective } from '../syntax/directive.ts';
import { type LineRole, parseLines, wordsOfLine } from '../syntax/line-directives.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { edgeFinding, environmentOfEdge, headerFindings } from './support/edge-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

const subjects = new Map(Object.entries(vocabulary.haproxy));
const SECTION = /^(?:global|defaults|frontend|backend|listen|resolvers|userlist|peers|cache|program|http-errors)\b/;

export const haproxy: Reader = {
  name: 'haproxy',
  reads: 'HAProxy’s configuration: `haproxy*.cfg`, and `*.cfg` with its sections',
  reach: DEPLOYED,
  matches: (path) => /haproxy/i.test(basename(path)) || /\.cfg(?:\.[\w-]+)?$/.test(path),
  read(file) {
    if (!/^(?:frontend|backend|listen|defaults)\b/m.test(file.text)) return null;
    if (!/^[ \t]+(?:bind|server|mode|timeout|balance|default_backend)[ \t]/m.test(file.text)) return null;
    const { directives, broken } = parseLines(file.text, roleOfLine);
    const where = environmentOfEdge(file.path);
    const findings = [...eachDirective(directives)].flatMap(({ directive, within }) =>
      directiveFindings(directive, { ...where, unit: within[0]?.args[0] ?? within[0]?.name, line: directive.line }),
    );
    return readResult(findings, broken);
  },
};

function roleOfLine(line: string): LineRole | undefined {
  const text = line.replace(/(?:^|\s)#.*$/, '').trim();
  if (text === '') return undefined;
  return { role: SECTION.test(line) ? 'section' : 'directive', words: wordsOfLine(text) };
}

function directiveFindings({ name, args, block }: Directive, place: Place): Finding[] {
  if (block) return [];
  const text = args.join(' ');
  const said = (subject: string, value = text): Finding[] => (value === '' ? [] : [edgeFinding(subject, value, place)]);
  const [first = '', ...rest] = args;
  if (/^(?:http-response|http-after-response|rspadd)$/.test(name))
    return /^(?:set|add)-header$/.test(first) ? headerFindings(rest[0] ?? '', rest.slice(1).join(' '), place) : [];
  if (name === 'acl') {
    const at = args.findIndex((each) => /^(?:hdr(?:_dom|_end|_beg)?\(host\)|ssl_fc_sni|req\.ssl_sni)/i.test(each));
    return at === -1 ? [] : args.slice(at + 1).flatMap((each) => (each.startsWith('-') ? [] : said('host', each)));
  }
  if (name === 'bind') return [...said('listen'), ...(args.includes('ssl') ? said('tls') : [])];
  const pair = subjects.get(`${name} ${first}`);
  // Tracking counts, and decides nothing.
  if (pair === 'access' && rest[0]?.startsWith('track-')) return [];
  if (pair === 'access') return said(/sc\d*_|rate|src_/.test(text) ? 'rate-limit' : 'access', `${name} ${text}`);
  if (pair !== undefined) return said(pair, rest.join(' '));
  const subject = subjects.get(name);
  return subject === undefined ? [] : said(subject);
}
