import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what the firewall lets through: engine, limits, thresholds, own rules, removed rules; nothing of the rule set itself', () => {
  expect(factsOf('readers/modsecurity', 'modsecurity')).toEqual([
    'edge modsecurity blocking-paranoia-level=2 @shared waf/crs-setup.conf:9',
    'edge modsecurity default-action=phase:1,log,auditlog,pass @shared waf/crs-setup.conf:4',
    'edge modsecurity inbound-anomaly-score-threshold=5 @shared waf/crs-setup.conf:10',
    'edge modsecurity request-body-limit=13107200 @shared waf/crs-setup.conf:3',
    'edge modsecurity rule=1001 @shared waf/crs-setup.conf:12',
    'edge modsecurity rule-engine=DetectionOnly @shared waf/crs-setup.conf:2',
    'edge modsecurity rule-removed=920350 @shared waf/crs-setup.conf:11',
  ]);
});
