import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { FORMATS } from '../../scripts/output/formats/index.ts';
import type { ReportedFinding, Tool } from '../../scripts/output/report-findings.ts';
import { runScript } from '../support/command.ts';
import { fixture } from '../support/facts-of.ts';
import { sarifSchema } from '../support/sarif-schema.ts';

const scratch = mkdtempSync(join(tmpdir(), 'formats-'));
const { drift } = inspectRepository(fixture('demo-app'));
const written: { [format: string]: string } = {};

const tool: Tool = {
  name: 'shop-production-parity',
  version: '1.2.3',
  rules: { gap: { level: 'error', what: 'A gap.', mend: 'Close it.' } },
};
const hostile: ReportedFinding = {
  code: 'gap',
  level: 'warning',
  key: 'a',
  message: 'value `|` | <img src=x> %0A::error::x @team [a](b)\n::error::y',
  path: 'a dir/ü,b:c.yml',
  line: 7,
  related: [{ path: 'x.yml', line: 2, text: 'there' }],
};

beforeAll(() => {
  for (const format of Object.keys(FORMATS)) {
    const output = join(scratch, format);
    const ran = runScript('inspect', '--repo', fixture('demo-app'), '--output', output, '--format', format);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('Drift: ');
    written[format] = readFileSync(output, 'utf8');
  }
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('SARIF of a real run fits the published schema, and says what code scanning asks for', () => {
  const validate = sarifSchema();
  const log = JSON.parse(written.sarif ?? '');
  expect({ valid: validate(log), errors: validate.errors }).toEqual({ valid: true, errors: null });
  const [run] = log.runs;
  expect(run.results).toHaveLength(drift.length);
  for (const result of run.results) {
    const [{ physicalLocation: place }] = result.locations;
    expect(place.artifactLocation.uri).toMatch(/^[^/]/);
    expect(place.region.startLine).toBeGreaterThan(0);
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
  }
  const prints = run.results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints));
  expect(new Set(prints).size).toBe(drift.length);
  expect(validate({ ...log, version: '2.0' })).toBe(false);
});

test('SARIF: odd paths are URIs', () => {
  const validate = sarifSchema();
  const log = JSON.parse(FORMATS.sarif([hostile], tool));
  expect({ valid: validate(log), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('a%20dir/%C3%BC%2Cb%3Ac.yml');
});

test('text is what problem matchers read: path, line, column, severity, message', () => {
  const lines = (written.text ?? '').trim().split('\n');
  expect(lines).toHaveLength(drift.length);
  for (const line of lines) expect(line).toMatch(/^[^:]+:\d+:1: (?:error|warning|note): .+ \[[a-z-]+\]$/);
  const many = Array.from({ length: 500 }, (_, index) => ({ ...hostile, message: `finding ${index}` }));
  const text = FORMATS.text(many);
  expect(text.length).toBeLessThan(8000);
  const shown = text.trim().split('\n').length - 1;
  expect(text).toContain(`and ${500 - shown} more; --format json tells all\n`);
});

test('annotations: one command a finding, whatever its text says', () => {
  expect((written.github ?? '').trim().split('\n')).toHaveLength(drift.length);
  const text = FORMATS.github([hostile]);
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(text).toMatch(/^::warning file=a dir\/ü%2Cb%3Ac\.yml,line=7,title=gap::value .*%250A::error::x/);
});

test('GitLab: each entry has what a Code Quality report needs, no fingerprint twice', () => {
  const report = JSON.parse(written.gitlab ?? '');
  expect(report).toHaveLength(drift.length);
  for (const each of report) {
    expect(each).toEqual({
      description: expect.any(String),
      check_name: expect.any(String),
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: expect.stringMatching(/^(?:info|minor|major)$/),
      location: { path: expect.any(String), lines: { begin: expect.any(Number) } },
    });
  }
  expect(JSON.parse(FORMATS.gitlab([hostile, hostile]))).toHaveLength(1);
});

test('Markdown: a row a finding that shows and does nothing', () => {
  const rows = (written.markdown ?? '').split('\n').filter((line) => /^\| (?:error|warning|note) /.test(line));
  expect(rows).toHaveLength(drift.length);
  const text = FORMATS.markdown([hostile], tool);
  const row = text.split('\n').find((line) => line.startsWith('| warning')) ?? '';
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
  expect(text).toContain('&lt;img');
  expect(text).not.toMatch(/@team|(?<!\\)\]\(b\)/);
  const many = Array.from({ length: 2000 }, () => hostile);
  expect(FORMATS.markdown(many, tool).length).toBeLessThan(65_536);
  expect(FORMATS.markdown(many, tool)).toMatch(/And \d+ more\.\n$/);
});
