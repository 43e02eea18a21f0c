import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what stands in for what, and the real thing; no comment, compared value, sibling of a test case or mere mention counts', () => {
  expect(factsOf('readers/test-overrides', 'test-overrides')).toEqual([
    'data migrations override=skips-migrations @test api/tests/conftest.py:7',
    'data migrations real=null @shared api/mail.py:10',
    'data seed.note override=seed @local prisma/seed.ts:3',
    'data seed.user override=seed @local db/seeds.rb:1',
    'data seed.user override=seed @local prisma/seed.ts:1',
    'data seed.user override=seed @local prisma/seed.ts:2',
    'identity auth.get_current_user override=bypass @test api/tests/conftest.py:8',
    'identity auth.get_current_user real=get_current_user @shared api/mail.py:5',
    'identity login override=bypass @shared src/flags.ts:3',
    'identity login override=bypass @test tests/setup.ts:1',
    'providers Mailer override=mock @test api/tests/conftest.py:5',
    'providers Mailer real=Mailer @shared api/mail.py:1',
    'providers archive override=mock @local tests/mocks/archive.ts:4',
    'providers archive real=ARCHIVE_ENDPOINT @shared src/archive.ts:1',
    'providers carrier override=stub @test spec/support/carrier_helper.rb:2',
    'providers growthbook override=mock @test __mocks__/@growthbook/growthbook-react.js:3',
    'providers growthbook real=@growthbook/growthbook-react @shared src/flags.ts:1',
    'providers mail override=mock @test tests/unit/price.test.ts:2',
    'providers mail real=null @shared src/mail.ts:2',
    'providers network override=mock @local index.ts:2',
    'providers network override=mock @test spec/support/carrier_helper.rb:1',
    'providers partner.shop-partner.io override=mock @local tests/mocks/mail.ts:6',
    'providers partner.shop-partner.io real=https://partner.shop-partner.io/orders @shared src/mail.ts:3',
    'providers resend override=mock @local tests/mocks/mail.ts:5',
    'providers resend real=https://api.resend.com/emails @shared src/mail.ts:2',
    'providers slack override=stub @test spec/support/carrier_helper.rb:3',
    'providers stripe override=mock @test tests/unit/price.test.ts:3',
    'services price-cache override=fake @test tests/mocks/price-cache.ts:1',
    'services price-cache override=mock @test vitest.config.ts:1',
    'services price-cache real=null @shared src/price.cache.ts:2',
    'services redis override=mock @test api/tests/conftest.py:9',
    'services sqlite override=in-memory @test tests/setup.ts:2',
  ]);
});
