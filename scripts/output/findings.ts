import { createHash } from 'node:crypto';
import { CHECKS, type CheckFinding } from '../checking/finding.ts';
import { byCodeUnit, toJson } from './json.ts';
import { oneLine } from './text.ts';

/** How findings are written; `tool` is the name of the skill that holds the checker, `version` that of what made it. */
export type Format = (findings: readonly CheckFinding[], tool: string, version: string) => string;

/** The formats of the checker, by the name that `--format` takes. */
export const FORMATS: { readonly [name: string]: Format } = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asAnnotations,
};

/** Other lines that are named in text; JSON and SARIF have all. */
const RELATED = 3;

function asText(findings: readonly CheckFinding[]): string {
  return findings
    .map((each) => `${oneLine(each.path)}:${each.line} ${each.level} ${each.code} ${oneLine(messageOf(each))}\n`)
    .join('');
}

/** The message with the places of the other lines. */
function messageOf({ message, related }: CheckFinding): string {
  const places = [...new Set(related.map(({ path, line }) => `${path}:${line}`))];
  if (places.length === 0) return message;
  const more = places.length > RELATED ? ` and ${places.length - RELATED} more` : '';
  return `${message} [${places.slice(0, RELATED).join(', ')}${more}]`;
}

function asJson(findings: readonly CheckFinding[]): string {
  return toJson({
    findings: findings.map(({ code, level, key, path, line, message, related }) => ({
      ...{ code, level, key, path, line, message },
      related,
      fingerprint: fingerprint(code, key),
    })),
  });
}

/** SARIF 2.1.0, one run, with every rule that the checker has. Paths are percent-encoded, as its URIs are. */
function asSarif(findings: readonly CheckFinding[], tool: string, version: string): string {
  const rules = Object.entries(CHECKS).sort(([a], [b]) => byCodeUnit(a, b));
  const codes = rules.map(([code]) => code);
  return toJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool,
            semanticVersion: version,
            rules: rules.map(([id, { level, what, mend }]) => ({
              id,
              name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
              shortDescription: { text: what },
              fullDescription: { text: `${what} ${mend}` },
              help: { text: mend },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        results: findings.map(({ code, level, key, path, line, message, related }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level,
          message: { text: oneLine(message) },
          locations: [{ physicalLocation: physicalLocation(path, line) }],
          ...(related.length === 0
            ? {}
            : {
                relatedLocations: related.map((each, id) => ({
                  id,
                  message: { text: oneLine(each.text) },
                  physicalLocation: physicalLocation(each.path, each.line),
                })),
              }),
          partialFingerprints: { 'parityFinding/v1': fingerprint(code, key) },
        })),
      },
    ],
  });
}

function physicalLocation(path: string, line: number): object {
  return {
    artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
    region: { startLine: line },
  };
}

/** The same finding has the same fingerprint on another day, wherever its line has moved to. */
function fingerprint(code: string, key: string): string {
  return createHash('sha256').update(`${code}\u0000${key}`).digest('hex').slice(0, 32);
}

/** Workflow commands of GitHub Actions, which show findings on the lines of a pull request. */
function asAnnotations(findings: readonly CheckFinding[]): string {
  return findings
    .map((finding) => {
      const { code, level, path, line } = finding;
      const command = level === 'error' ? 'error' : 'notice';
      return `::${command} file=${property(path)},line=${line},title=${property(code)}::${escaped(oneLine(messageOf(finding)))}\n`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escaped(oneLine(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
