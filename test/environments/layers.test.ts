import { describe, expect, test } from 'vitest';
import { type EffectiveRow, effectiveMatrix } from '../../scripts/drift/effective-matrix.ts';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { viewOf } from '../../scripts/output/view.ts';
import { readers } from '../../scripts/readers/index.ts';
import { fixture } from '../support/facts-of.ts';

const inspection = inspectRepository(fixture('layers'));
const matrix: EffectiveRow[] = effectiveMatrix(inspection, readers);

/** What each environment has of a key: `value, layer, path:line`. */
function cells(subject: string): { [environment: string]: string[] } {
  const row = matrix.find((each) => each.subject === subject && each.attribute === 'value');
  const found: { [environment: string]: string[] } = {};
  for (const { environment, value, layer, evidence } of row?.cells ?? []) {
    found[environment] = [...(found[environment] ?? []), `${value}, ${layer}, ${evidence.path}:${evidence.line}`];
  }
  return found;
}

describe('the effective value, with the layer that it comes from', () => {
  test('Helm: values of the environment over the chart’s, another chart apart, and a template’s reference led to its value', () => {
    expect(cells('LOG_LEVEL')).toMatchObject({
      Production: ['warn, Helm values-ENV.yaml, chart/shop/values-prod.yaml:1'],
      Staging: ['info, Helm values.yaml, chart/shop/values.yaml:1'],
    });
    expect(cells('SHOW_LOGIN')).toMatchObject({
      Production: ['false, Helm values.yaml, chart/shop/values.yaml:3'],
      Staging: ['true, Helm values-ENV.yaml, chart/shop/values-staging.yaml:2'],
    });
  });

  test('Compose: an override over the base, and the base under the file of another environment', () => {
    expect(cells('POOL')).toMatchObject({
      local: ['1, compose override, compose.override.yml:4'],
      Production: ['2, compose base, compose.yaml:6'],
    });
    expect(cells('CACHE_TTL')).toMatchObject({
      local: ['60, compose base, compose.yaml:5'],
      Production: ['3600, compose file, compose.prod.yml:4'],
    });
  });

  test('the program’s default under the image, and alone where no image is', () => {
    expect(cells('PAGE_SIZE')).toMatchObject({
      Production: ['20, image ENV, Dockerfile:2'],
      local: ['10, code default, src/config.js:1'],
    });
  });

  test('ASP.NET: the base stands where an environment’s own file says nothing', () => {
    expect(cells('Feature:Beta')).toMatchObject({
      Production: ['false, appsettings.ENV.json, api/appsettings.Production.json:1'],
      Staging: ['true, appsettings.json, api/appsettings.json:1'],
    });
  });
});

test('rules compare what is in force: a base that production overrides differs, one that both override does not', () => {
  const found = inspection.drift.filter((each) => each.rule === 'value-differs');
  expect(found.find((each) => each.subject === 'Feature:Beta')).toMatchObject({
    id: 'value-differs:Feature:Beta:Staging',
    sides: [
      { environment: 'Production', value: 'false' },
      { environment: 'Staging', value: 'true', evidence: { path: 'api/appsettings.json' } },
    ],
  });
  expect(found.map((each) => each.id)).not.toContainEqual(expect.stringContaining('POOL'));
  expect(found.flatMap((each) => each.sides).map((side) => side.evidence.path)).not.toContain(
    'other/billing/values.yaml',
  );
});

test('a view narrows by subject and environment, and says what is not set', () => {
  const view = viewOf(inspection, matrix, { subject: 'log_*', environment: 'Staging' });
  expect(view).toContain('Staging/web: info  [Helm values.yaml]  chart/shop/values.yaml:1');
  expect(view).not.toContain('PAGE_SIZE');
  expect(viewOf(inspection, matrix, { limit: 1 })).toMatch(/and \d+ more/);
  expect(() => viewOf(inspection, matrix, { environment: 'moon' })).toThrow(/--environment moon: not one of/);
});
