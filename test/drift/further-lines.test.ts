import { describe, expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

/** The lines beside its sides that each drift of a rule has, by its id. */
function furtherLines(name: string, rule: string): { [id: string]: string[] } {
  const drift = inspectRepository(fixture(name)).drift.filter((each) => each.rule === rule);
  return Object.fromEntries(
    drift.map(({ id, evidence = [] }) => [id, evidence.map(({ path, line, excerpt }) => `${path}:${line} ${excerpt}`)]),
  );
}

describe('the lines beside the sides of a branch on the environment’s name', () => {
  const lines = furtherLines('drift/further-lines', 'env-name-branch');

  test('what either arm does, that of the arm further away first; no bracket, no comment, no log', () => {
    expect(lines['env-name-branch:APP_ENV in src/report.ts']?.slice(0, 2)).toEqual([
      'src/report.ts:11 const fields = [text, text.length]',
      'src/report.ts:6 return text',
    ]);
  });

  test('the function of the same file that an arm hands on to', () => {
    expect(lines['env-name-branch:APP_ENV in src/limits.ts']).toContain('src/limits.ts:8 function strictLimits() {');
  });

  test('where a variable that the branch chose is asked for, and what is done by it', () => {
    const own = lines['env-name-branch:APP_ENV tls'];
    expect(own).toContain('src/mail.ts:6 if (useTestAccount) {');
    expect(own).toContain('src/mail.ts:7 return makeAccount()');
  });

  test('where another key comes from that the condition asks for', () => {
    expect(lines['env-name-branch:APP_ENV tls']).toContain(
      "src/env.ts:2 export const SMTP_SECURE = process.env.SMTP_SECURE ?? 'true'",
    );
  });

  test('where the name comes from, and one line for each class of environment', () => {
    expect(lines['env-name-branch:APP_ENV tls']?.filter((line) => /NODE_ENV/.test(line))).toEqual([
      "src/env.ts:1 export const APP_ENV = process.env.NODE_ENV ?? 'production'",
      'docker/start.sh:2 export NODE_ENV=production',
      '.github/workflows/ci.yml:7 NODE_ENV: test',
      'package.json:4 "dev": "NODE_ENV=development node src/server.js"',
    ]);
  });

  test('no branch of another drift', () => {
    for (const own of Object.values(lines)) {
      expect(own.filter((line) => /src\/(?:report|limits|mail)\.ts/.test(line)).length).toBeLessThanOrEqual(6);
    }
    expect(lines['env-name-branch:APP_ENV tls']?.some((line) => line.startsWith('src/report.ts'))).toBe(false);
  });
});
