import type { CheckFinding } from '../checking/finding.ts';
import { toJson } from './json.ts';
import { oneLine } from './text.ts';

/** How findings are written; `tool` is the name of the skill that holds the checker. */
export type Format = (findings: readonly CheckFinding[], tool: string) => string;

/** The formats of the checker, by the name that `--format` takes. */
export const FORMATS: { readonly [name: string]: Format } = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asAnnotations,
};

function asText(findings: readonly CheckFinding[]): string {
  return findings
    .map(({ path, line, level, code, message }) => `${oneLine(path)}:${line} ${level} ${code} ${oneLine(message)}\n`)
    .join('');
}

function asJson(findings: readonly CheckFinding[]): string {
  return toJson({
    findings: findings.map(({ code, level, path, line, message }) => ({ code, level, path, line, message })),
  });
}

/** SARIF 2.1.0, one run. Paths are percent-encoded, as its URIs are. */
function asSarif(findings: readonly CheckFinding[], tool: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return toJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool, rules: codes.map((id) => ({ id })) } },
        results: findings.map(({ code, level, path, line, message }) => ({
          ruleId: code,
          level,
          message: { text: oneLine(message) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
                region: { startLine: line },
              },
            },
          ],
        })),
      },
    ],
  });
}

/** Workflow commands of GitHub Actions, which show findings on the lines of a pull request. */
function asAnnotations(findings: readonly CheckFinding[]): string {
  return findings
    .map(({ code, level, path, line, message }) => {
      const command = level === 'error' ? 'error' : 'notice';
      return `::${command} file=${property(path)},line=${line},title=${property(code)}::${escaped(oneLine(message))}\n`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escaped(oneLine(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
