import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by environment file and by config_env(), reads with what stands in; no comment, text or other file', () => {
  expect(factsOf('readers/phoenix', 'phoenix')).toEqual([
    'config DATABASE_URL read=required @prod config/runtime.exs:7',
    'config PHX_SERVER read=optional @prod config/runtime.exs:17',
    'config POOL_SIZE default=10 @prod config/runtime.exs:13',
    'config POOL_SIZE read=defaulted @prod config/runtime.exs:13',
    'config POOL_SIZE type=number @prod config/runtime.exs:13',
    'config REGION default=eu @shared config/runtime.exs:3',
    'config REGION read=defaulted @shared config/runtime.exs:3',
    'config SECRET_KEY_BASE read=required @prod config/runtime.exs:15',
    'config logger.level value=info @shared config/config.exs:20',
    'config shop.Oban.queues.default value=10 @shared config/config.exs:16',
    'config shop.Shop.Mailer.adapter value=Swoosh.Adapters.Local @dev config/dev.exs:4',
    'config shop.Shop.Mailer.adapter value=Swoosh.Adapters.Test @dev config/runtime.exs:23',
    'config shop.Shop.Mailer.adapter value=Swoosh.Adapters.Test @test config/runtime.exs:23',
    'config shop.Shop.Repo.adapter value=Ecto.Adapters.Postgres @shared config/config.exs:7',
    'config shop.Shop.Repo.pool_size value=10 @shared config/config.exs:8',
    'config shop.Shop.Repo.ssl value=true @prod config/runtime.exs:12',
    'config shop.ShopWeb.Endpoint.debug_errors value=true @dev config/dev.exs:3',
    'config shop.ShopWeb.Endpoint.http.port value=4000 @dev config/dev.exs:3',
    'config shop.ShopWeb.Endpoint.live_view.signing_salt value=null @shared config/config.exs:13',
    'config shop.ShopWeb.Endpoint.secret_key_base value=null @shared config/config.exs:12',
    'config shop.ShopWeb.Endpoint.server conditional-value=true @prod config/runtime.exs:18',
    'config shop.ShopWeb.Endpoint.url.host value=localhost @shared config/config.exs:11',
    'config shop.mailer value=smtp @shared config/config.exs:21',
    'operations Shop.Nightly schedule=0 2 * * * @shared [Shop.Nightly] config/config.exs:17',
    'services postgresql engine=Ecto.Adapters.Postgres @shared config/config.exs:7',
  ]);
});
