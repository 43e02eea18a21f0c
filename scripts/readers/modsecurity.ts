import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { findingAt, type Place } from './support/place.ts';

const FILE = /\.(?:conf|rules|conf\.(?:example|template|tpl|j2|erb|before|after|in|dist))$/;
/** The rule set itself, which its version tells; what excludes rules from it is the project's own. */
const OF_THE_SET = /^(?:REQUEST|RESPONSE)-\d{3}-(?!.*EXCLUSION)/;
/** Directives that decide what gets through, by the attribute that they are told under. */
const DIRECTIVES = new Map([
  ['secruleengine', 'rule-engine'],
  ['secrequestbodyaccess', 'request-body-access'],
  ['secrequestbodylimit', 'request-body-limit'],
  ['secrequestbodynofileslimit', 'request-body-no-files-limit'],
  ['secrequestbodylimitaction', 'request-body-limit-action'],
  ['secresponsebodyaccess', 'response-body-access'],
  ['secauditengine', 'audit-engine'],
  ['secdefaultaction', 'default-action'],
  ['secruleremovebyid', 'rule-removed'],
  ['secruleremovebytag', 'rule-removed'],
  ['secruleremovebymsg', 'rule-removed'],
  ['secruleupdatetargetbyid', 'rule-changed'],
  ['secruleupdatetargetbytag', 'rule-changed'],
]);
const VARIABLE =
  /setvar:'?tx\.((?:blocking_|detection_|executing_)?paranoia_level|(?:in|out)bound_anomaly_score_threshold|allowed_methods|allowed_request_content_type|max_file_size|combined_file_sizes|max_num_args|arg_length|crs_exclusions_\w+|enforce_bodyproc_urlencoded|dos_\w+|early_blocking)=([^',"]*)/g;

export const modsecurity: Reader = {
  name: 'modsecurity',
  reads:
    'ModSecurity and Coraza with the OWASP Core Rule Set: engine, limits, thresholds, the project’s own rules and exclusions',
  reach: DEPLOYED,
  endings: ['.conf', '.rules', '.example', '.template', '.tpl', '.j2', '.erb', '.before', '.after', '.in', '.dist'],
  matches: (path) => FILE.test(basename(path)) && !OF_THE_SET.test(basename(path)),
  read(file) {
    if (
      !/^[ \t]*Sec(?:RuleEngine|Rule|Action|RuleRemoveBy\w+|RuleUpdate\w+|RequestBody\w+|DefaultAction)\b/m.test(
        file.text,
      )
    )
      return null;
    const where = environmentOfManifest(file.path);
    return {
      findings: splitLines(file.text).flatMap((text, index) => lineFindings(text, { ...where, line: index + 1 })),
    };
  },
};

function lineFindings(text: string, place: Place): Finding[] {
  if (/^\s*#/.test(text)) return [];
  const said = (attribute: string, value: string): Finding =>
    findingAt(place, { surface: 'edge', subject: 'modsecurity', attribute, value });
  const [, directive = '', rest = ''] = /^\s*(Sec\w+)\s+(.*?)\s*\\?\s*$/.exec(text) ?? [];
  const attribute = DIRECTIVES.get(directive.toLowerCase());
  const variables = [...text.matchAll(VARIABLE)].map(([, name = '', value = '']) =>
    said(name.replaceAll('_', '-'), value),
  );
  const own = /(?:^|[",\s])id:'?(\d+)/.exec(text)?.[1];
  return [
    ...(attribute === undefined ? [] : [said(attribute, rest.replace(/^(["'])(.*)\1$/, '$2'))]),
    ...variables,
    // Ids from 900000 on are those of the rule set, whose own settings are told above.
    ...(own !== undefined && Number(own) < 900_000 ? [said('rule', own)] : []),
  ];
}
