import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the application’s version and the charts that a chart depends on', () => {
  expect(factsOf('readers/helm-chart', 'helm-chart')).toEqual([
    'operations shop app-version=2.10 @shared chart/Chart.yaml:4',
    'operations shop chart-version=0.4.2 @shared chart/Chart.yaml:3',
    'operations shop-lib chart-version=~1.2 @shared chart/Chart.yaml:12',
    'runtime kubernetes version=>=1.27 @shared chart/Chart.yaml:5',
    'services postgresql chart-version=13.2.24 @shared chart/Chart.yaml:8',
    'services postgresql condition=postgresql.enabled @shared chart/Chart.yaml:10',
  ]);
});
