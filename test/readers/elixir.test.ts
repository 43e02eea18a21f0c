import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys and settings that Elixir reads, and the branches on the environment of the build; no comment, string or heredoc counts', () => {
  expect(factsOf('readers/elixir', 'elixir')).toEqual([
    'config CACHE_URL fixed-at=build @prod config/prod.exs:3',
    'config CACHE_URL read=required @prod config/prod.exs:3',
    'config DATABASE_URL read=required @shared config/runtime.exs:7',
    'config HOST_NAME read=required @shared config/runtime.exs:16',
    'config MAILER default=local @shared config/runtime.exs:15',
    'config MAILER read=defaulted @shared config/runtime.exs:15',
    'config MIX_ENV branch=== prod @shared config/runtime.exs:5',
    'config MIX_ENV branch=in dev,test @shared config/runtime.exs:25',
    'config MIX_ENV branch=!= test @shared lib/shop/reads.ex:19',
    'config MIX_ENV taken=production @shared [5] config/runtime.exs:6',
    'config MIX_ENV taken=dev,test @shared [25] config/runtime.exs:26',
    'config MODE_SWITCH default=slow @shared lib/shop/reads.ex:14',
    'config MODE_SWITCH read=defaulted @shared lib/shop/reads.ex:14',
    'config POOL_SIZE default=10 @shared config/runtime.exs:3',
    'config POOL_SIZE read=defaulted @shared config/runtime.exs:3',
    'config POOL_SIZE type=number @shared config/runtime.exs:3',
    'config SECRET_KEY_BASE read=required @shared config/runtime.exs:12',
    'config SENTRY_DSN read=optional @shared config/runtime.exs:18',
    'config SENTRY_DSN read=optional @shared config/runtime.exs:20',
    'config shop.Shop.Mailer.adapter fixed-at=build @shared lib/shop/reads.ex:10',
    'config shop.Shop.Mailer.adapter read=optional @shared lib/shop/reads.ex:10',
    'config shop.domain default=example.com @shared lib/shop/reads.ex:9',
    'config shop.domain read=defaulted @shared lib/shop/reads.ex:9',
    'config shop.ecto_repos read=required @shared lib/shop/reads.ex:8',
    'config shop.environment branch=== dev @shared lib/shop/reads.ex:18',
    'config shop.environment read=optional @shared lib/shop/reads.ex:18',
    'data database arm=production @shared config/runtime.exs:6',
    'data database arm=dev,test @shared config/runtime.exs:26',
    'providers external host arm=production @shared config/runtime.exs:12',
  ]);
});
