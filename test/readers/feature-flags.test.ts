import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('flags through providers and wrappers, with defaults, overrides and bypasses; no other call counts', () => {
  expect(factsOf('readers/feature-flags', 'feature-flags')).toEqual([
    'config BYPASS_GROWTHBOOK flag-bypass=growthbook @shared src/wrapper.ts:4',
    'config FORCE_CHECKOUT flag-bypass=waffle @shared app/views.py:6',
    'config Toggles.Speed flag=own @shared src/page.tsx:7',
    'config banner flag=waffle @shared app/views.py:7',
    'config beta-search flag=own @shared src/page.tsx:8',
    'config billing flag=flipper @shared app/flags.rb:1',
    'config billing flag-override=enable @shared app/flags.rb:2',
    'config checkout flag=waffle @shared app/views.py:6',
    'config checkout flag-override=active=True @test tests/test_views.py:1',
    'config dark-mode flag=launchdarkly @shared src/server.ts:2',
    'config dark-mode flag-default=false @shared src/server.ts:2',
    'config direct flag=growthbook @shared src/wrapper.ts:6',
    'config direct flag-default=false @shared src/wrapper.ts:6',
    'config new-page flag=growthbook @shared src/page.tsx:3',
    'config new_menu? flag=flipper @shared app/flags.rb:4',
    'config useFeature flag-override=true @test src/__mocks__/growthbook.ts:1',
  ]);
});
