import { fingerprint } from '../fingerprint.ts';
import { byCodeUnit, toJson } from '../json.ts';
import type { ReportedFinding, Tool } from '../report-findings.ts';
import { oneLine } from '../text.ts';

/** SARIF 2.1.0, one run, with every rule that the tool has. Paths are percent-encoded, as its URIs are. */
export function asSarif(findings: readonly ReportedFinding[], tool: Tool): string {
  const rules = Object.entries(tool.rules).sort(([a], [b]) => byCodeUnit(a, b));
  const codes = rules.map(([code]) => code);
  return toJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
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
        results: findings.map(({ code, level, key, path, line, message, mend, related }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level,
          message: { text: oneLine(mend === undefined ? message : `${message}; ${mend}`) },
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
          // The name by which GitHub follows a finding; without it GitHub takes the text of the line, which is edited.
          partialFingerprints: { primaryLocationLineHash: `${fingerprint({ code, key })}:1` },
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
