import { basename } from 'node:path/posix';
import vocabulary from '../../resources/edge.json' with { type: 'json' };
import { type Directive, eachDirective } from '../syntax/directive.ts';
import { parseNginx } from '../syntax/nginx.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { edgeFinding, environmentOfEdge, headerFindings } from './support/edge-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

const subjects = new Map(Object.entries(vocabulary.nginx));
const FILE = /\.conf(?:[._-][\w.-]+)?$|(?:^|[._-])nginx(?:[._-][\w.-]+)?$|nginx\w*\.(?:hbs|erb|j2|tmpl|tpl|mustache)$/i;
const FOLDER = /(?:^|\/)(?:sites-(?:available|enabled)|conf\.d)\//;
/** Blocks that only nginx has. */
const BLOCK = /^[ \t]*(?:server|http|stream|location[ \t][^\n;]{1,200}|upstream[ \t]+[\w.${}-]+)[ \t]*(?:\n[ \t]*)?\{/m;
const STATEMENT =
  /^[ \t]*(?:server_name|listen|proxy_\w+|fastcgi_\w+|uwsgi_\w+|root|add_header|return|client_max_body_size|ssl_\w+|limit_\w+|set_real_ip_from|allow|deny|worker_\w+|include|try_files|rewrite)[ \t][^\n=]{0,400}?;/m;

export const nginx: Reader = {
  name: 'nginx',
  reads:
    'nginx’s configuration: `nginx.conf`, `conf.d/*.conf`, `sites-*/*`, `*.conf.template` and other templates of it',
  reach: DEPLOYED,
  matches: (path) => FILE.test(basename(path)) || FOLDER.test(path),
  read(file) {
    const isOfNginx = /nginx/i.test(file.path) || FOLDER.test(file.path);
    if (!STATEMENT.test(file.text) || !(isOfNginx || BLOCK.test(file.text))) return null;
    if (/^[ \t]*<(?:VirtualHost|IfModule|Directory)\b/m.test(file.text)) return null;
    const { directives, broken } = parseNginx(file.text);
    const where = environmentOfEdge(file.path);
    const names = new Map<Directive, string | undefined>();
    const findings = [...eachDirective(directives)].flatMap(({ directive, within }) =>
      directiveFindings(directive, within, { ...where, unit: unitOf(within, names), line: directive.line }),
    );
    return readResult([...findings, ...variablesOf(file.path, directives, where)], broken);
  },
};

/** The location that a directive stands in, else the first name of its server, else the upstream. `names`: of the servers met so far. */
function unitOf(within: readonly Directive[], names: Map<Directive, string | undefined>): string | undefined {
  const location = within.findLast((each) => each.name === 'location');
  if (location) return location.args.at(-1);
  const server = within.findLast((each) => each.name === 'server');
  if (server && !names.has(server)) names.set(server, nameOf(server));
  return (server && names.get(server)) ?? within.findLast((each) => each.name === 'upstream')?.args[0];
}

function nameOf(server: Directive): string | undefined {
  return server.block?.find((each) => each.name === 'server_name')?.args.find((name) => name !== '_');
}

function directiveFindings(directive: Directive, within: readonly Directive[], place: Place): Finding[] {
  const { name, args } = directive;
  const text = args.join(' ');
  const said = (subject: string, value = text): Finding[] => (value === '' ? [] : [edgeFinding(subject, value, place)]);
  switch (name) {
    case 'server_name':
      return args.filter((each) => each !== '_' && each !== '').flatMap((each) => said('host', each));
    case 'server':
      return directive.block === undefined && within.at(-1)?.name === 'upstream' ? said('upstream') : [];
    case 'add_header':
      return headerFindings(args[0] ?? '', args.slice(1, 2).join(''), place);
    case 'more_set_headers':
      return args.flatMap((each) => headerFindings(each.split(':')[0] ?? '', each.replace(/^[^:]*:/, ''), place));
    case 'return':
      return returned(args, said);
    case 'rewrite':
      return /^(?:redirect|permanent)$/.test(args[2] ?? '') || /^https?:/.test(args[1] ?? '')
        ? said('redirect', args.slice(1).join(' '))
        : [];
    case 'listen':
      return [...said('listen'), ...(args.includes('ssl') ? said('tls') : [])];
    case 'allow':
    case 'deny':
    case 'satisfy':
    case 'internal':
    case 'auth_basic':
    case 'auth_request':
    case 'auth_jwt':
      return said('access', `${name} ${text}`);
    default: {
      const subject = subjects.get(name);
      return subject === undefined ? [] : said(subject);
    }
  }
}

/** `return 301 https://...` leads elsewhere; a bare `return 403` keeps somebody out. */
function returned(args: readonly string[], said: (subject: string, value?: string) => Finding[]): Finding[] {
  const [code = '', target = ''] = args;
  if (/^3\d\d$/.test(code) || /^(?:https?:|\$scheme)/.test(code)) return said('redirect', args.join(' '));
  return /^(?:401|403|404|405|410|444)$/.test(code) && target === '' ? said('access', `return ${code}`) : [];
}

/** What a template takes from the environment of the image that renders it: `${API_HOST}`. nginx's own variables are lower case. */
function variablesOf(path: string, directives: readonly Directive[], where: Omit<Place, 'line'>): Finding[] {
  if (!/\.(?:template|tmpl|tpl)$/.test(path)) return [];
  return [...eachDirective(directives)].flatMap(({ directive }) =>
    directive.args.flatMap((each) =>
      [...each.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map((match) =>
        findingAt(
          { ...where, line: directive.line },
          { surface: 'config', subject: match[1] ?? '', attribute: 'read', value: 'required' },
        ),
      ),
    ),
  );
}
