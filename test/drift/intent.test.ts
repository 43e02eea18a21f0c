import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Evidence } from '../../scripts/model.ts';
import { fixture } from '../support/facts-of.ts';

const places = (lines: readonly Evidence[] | undefined) => lines?.map((line) => `${line.path}:${line.line}`);

test('a comment with a reason, a decision, a test of production’s arm and a register are told with the drift', () => {
  const { drift } = inspectRepository(fixture('intent'));
  const session = drift.find((each) => each.id === 'env-name-branch:NODE_ENV session');
  expect(places(session?.intent)).toEqual(['src/session.js:2', 'docs/decisions/001-session.md:1']);
  expect(places(session?.guardedBy)).toEqual(['tests/session.test.js:3']);
  expect(session?.registered).toEqual({
    path: '.claude/skills/shop-production-parity/parity-map.yaml',
    line: 3,
    excerpt: '- id: env-name-branch:NODE_ENV session',
  });
});

test('a comment without a reason explains nothing', () => {
  const { drift } = inspectRepository(fixture('intent'));
  const pages = drift.filter((each) => each.sides.some((side) => side.evidence.path === 'src/switches.js'));
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.map((each) => [each.intent, each.guardedBy, each.registered])).toEqual(
    pages.map(() => [undefined, undefined, undefined]),
  );
});
