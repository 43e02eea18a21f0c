import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/helmfile'));

test('environments and releases, with their values', () => {
  expect(factsOf('readers/helmfile', 'helmfile')).toEqual([
    'config image.tag value=v1.2 @shared [shop] helmfile.yaml:18',
    'config ingress.host value=shop.example.org @shared [shop] helmfile.yaml:21',
    'config logLevel value=warn @production [helmfile] helmfile.yaml:10',
    'config replicas value=4 @production [helmfile] helmfile.yaml:9',
    'config replicas value=1 @shared [helmfile] helmfile.yaml:3',
    'operations cache chart=bitnami/redis @shared [cache] helmfile.yaml:23',
    'operations cache chart-version=18.1.0 @shared [cache] helmfile.yaml:24',
    'operations cache installed=true @shared [cache] helmfile.yaml:25',
    'operations helmfile values-file=values/dev.yaml @dev [helmfile] helmfile.yaml:6',
    'operations shop chart=./chart @shared [shop] helmfile.yaml:14',
    'operations shop namespace=shop @shared [shop] helmfile.yaml:15',
    'operations shop values-file=values/{{ .Environment.Name }}.yaml @shared [shop] helmfile.yaml:17',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('helmfile:'))).toEqual([
    { path: 'helmfile.d/01-broken.yaml', reason: 'helmfile: line 2: not valid YAML (BAD_INDENT)' },
  ]);
  expect(coverage.read.filter((each) => each.reader === 'helmfile').map((each) => each.path)).toEqual([
    'helmfile.d/01-broken.yaml',
    'helmfile.yaml',
  ]);
});
