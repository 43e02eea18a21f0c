import { roleOf } from '../../repository/path-role.ts';
import { placeOf } from './place-of-program.ts';

const CASES =
  /(?:^|\/)[^/]*(?:Tests?|IT|Spec)\.(?:java|kt|cs|php|groovy)$|(?:^|\/)tests\/(?:[^/]+\/)*(?!(?:mod|common|utils?|support|helpers?)\.rs$)[^/]+\.rs$|(?:^|\/)(?:test_[^/]+|[^/]+_tests?|[^/]+_spec|tests|[^/]+[.-](?:(?:client|server|unit|int|integration|api|browser|node|smoke|perf)?tests?|spec|specs|e2e|cy|stories|story))\.[a-z]+$/;
/** Names that set tests up, whatever else they look like. */
const SETUP =
  /(?:^|\/)(?:test_(?:helpers?|utils?)|[^/]*(?:spec|rails)_helper)\.[a-z]+$|(?:^|\/)(?:(?:Abstract|Base)[A-Z]\w*|\w*(?:Base|Factory|Fixture|Helper|Setup)(?:Test|Tests|IT|Spec)?|(?:Integration)?TestCase)\.(?:java|kt|cs|php)$/;

/** Whether a file of the tests holds test cases, and not what they share. */
export function isTestCase(path: string): boolean {
  return roleOf(path) === 'test' && CASES.test(path) && !SETUP.test(path);
}

/** Whether a file sets up all tests, or stands in for something while they run. */
export function isTestSetup(path: string): boolean {
  return (roleOf(path) === 'test' && !isTestCase(path)) || isTestSettings(path);
}

/** Whether a file of the application holds the settings that its tests run with: `config/settings/test.py`. */
export function isTestSettings(path: string): boolean {
  return roleOf(path) === 'application' && placeOf(path).class === 'test';
}
