import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys, sections and connection strings that C# reads, and the environments that it asks for; no comment, string or other object counts', () => {
  expect(factsOf('readers/csharp', 'csharp')).toEqual([
    'config API_TOKEN read=required @shared src/Startup.cs:11',
    'config ASPNETCORE_ENVIRONMENT branch=== Development @shared src/Startup.cs:31',
    'config ASPNETCORE_ENVIRONMENT branch=!= QA @shared src/Startup.cs:32',
    'config ASPNETCORE_ENVIRONMENT branch=!= Test @shared src/Startup.cs:32',
    'config ASPNETCORE_ENVIRONMENT branch=== Production @shared src/Startup.cs:33',
    'config CacheOptions:* read=optional @shared src/Startup.cs:21',
    'config ConnectionStrings:orders read=required @shared src/Startup.cs:14',
    'config EventBus:* read=optional @shared src/Startup.cs:20',
    'config Identity:* read=optional @shared src/Startup.cs:22',
    'config Identity:Audience read=required @shared src/Startup.cs:23',
    'config Limits:Orders read=optional @shared src/Startup.cs:24',
    'config Links:Home read=required @shared src/Startup.cs:28',
    'config Mail:* read=optional @shared src/Startup.cs:19',
    'config Mail:From default=shop@example.com @shared src/Startup.cs:17',
    'config Mail:From read=defaulted @shared src/Startup.cs:17',
    'config Mail:From set-in-code=test@example.com @test tests/StartupTests.cs:6',
    'config REDIS_ADDR read=optional @shared src/Startup.cs:12',
    'config REGION default=eu @shared src/Startup.cs:10',
    'config REGION read=defaulted @shared src/Startup.cs:10',
    'config REGION set-in-code=us @test tests/StartupTests.cs:5',
    'config SHOP_STAGE branch=== prod @shared src/Startup.cs:35',
    'config SHOP_STAGE read=optional @shared src/Startup.cs:34',
    'config Search:Url read=required @shared src/Startup.cs:18',
    'config Session:Minutes default=60 @shared src/Startup.cs:15',
    'config Session:Minutes read=defaulted @shared src/Startup.cs:15',
    'config Strict default=false @shared src/Startup.cs:16',
    'config Strict read=defaulted @shared src/Startup.cs:16',
    'config Strict type=boolean @shared src/Startup.cs:16',
  ]);
});
