import { basename } from 'node:path/posix';
import vocabulary from '../../resources/edge.json' with { type: 'json' };
import { type Directive, eachDirective } from '../syntax/directive.ts';
import { type LineRole, parseLines, wordsOfLine } from '../syntax/line-directives.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { edgeFinding, environmentOfEdge, headerFindings } from './support/edge-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

const subjects = new Map(Object.entries(vocabulary.apache));
const FILE = /\.conf(?:[._-][\w.-]+)?$|^\.htaccess(?:[._-][\w.-]+)?$/i;
const SECTION =
  /^[ \t]*<(?:VirtualHost|Directory|DirectoryMatch|Location|LocationMatch|IfModule|IfDefine|Files|FilesMatch|Proxy)\b/im;
const STATEMENT =
  /^[ \t]*(?:RewriteEngine|RewriteRule|ServerName|DocumentRoot|LoadModule|ProxyPass|Header[ \t]+(?:always[ \t]+)?set)[ \t]+\S/im;

export const apache: Reader = {
  name: 'apache',
  reads: 'Apache’s configuration: `httpd.conf`, `apache*.conf`, virtual hosts, `.htaccess`',
  reach: DEPLOYED,
  matches: (path) => FILE.test(basename(path)) || /(?:^|\/)sites-(?:available|enabled)\//.test(path),
  read(file) {
    const isNamed = /htaccess|httpd|apache/i.test(basename(file.path));
    if (!isNamed && !SECTION.test(file.text) && !STATEMENT.test(file.text)) return null;
    const { directives, broken } = parseLines(file.text, roleOfLine);
    const where = environmentOfEdge(file.path);
    const findings = [...eachDirective(directives)].flatMap(({ directive, within }) =>
      directiveFindings(directive, { ...where, unit: unitOf(within), line: directive.line }),
    );
    return readResult(findings, broken);
  },
};

function roleOfLine(line: string): LineRole | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  if (text.startsWith('</')) return { role: 'closes', words: [] };
  if (text.startsWith('<')) return { role: 'opens', words: wordsOfLine(text.replace(/^<|>\s*$/g, '')) };
  return { role: 'directive', words: wordsOfLine(text) };
}

/** The innermost place or virtual host; conditions on modules are no places. */
function unitOf(within: readonly Directive[]): string | undefined {
  return within.findLast((each) => /^(?:Location|Directory|Files|VirtualHost)/i.test(each.name))?.args.at(-1);
}

function directiveFindings({ name, args }: Directive, place: Place): Finding[] {
  const text = args.join(' ');
  const key = name.toLowerCase();
  const said = (subject: string, value = text): Finding[] => (value === '' ? [] : [edgeFinding(subject, value, place)]);
  switch (key) {
    case 'virtualhost':
      return said('listen');
    case 'header': {
      const [action = '', header = '', value = ''] = /^(?:always|onsuccess)$/i.test(args[0] ?? '')
        ? args.slice(1)
        : args;
      return /^(?:set|append|add|merge|setifempty)$/i.test(action) ? headerFindings(header, value, place) : [];
    }
    case 'serveralias':
      return args.flatMap((each) => said('host', each));
    case 'rewriterule':
      return /\[[^[\]]*\bR(?:=\d+)?\b[^[\]]*\]$/.test(text) || /^https?:/.test(args[1] ?? '')
        ? said('redirect', args.slice(1).join(' '))
        : /\[(?:[^[\]]*,)?F\b[^[\]]*\]$/.test(text)
          ? said('access', `RewriteRule ${text}`)
          : [];
    case 'require':
    case 'allow':
    case 'deny':
    case 'satisfy':
    case 'authtype':
      return said('access', `${name} ${text}`);
    case 'setenv':
      return /^[A-Za-z_]\w*$/.test(args[0] ?? '') ? configFindings(args[0] ?? '', args.slice(1).join(' '), place) : [];
    case 'php_value':
    case 'php_admin_value':
      return /^(?:upload_max_filesize|post_max_size)$/.test(args[0] ?? '') ? said('body-limit') : [];
    case 'options':
      return /(?:^|\s)[+-]?Indexes\b/i.test(text) ? said('directory-listing') : [];
    default: {
      const subject = subjects.get(key);
      return subject === undefined ? [] : said(subject);
    }
  }
}
