import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings by environment with connection strings withheld, variables of a launch; no other file', () => {
  expect(factsOf('readers/aspnet', 'aspnet')).toEqual([
    'config API_KEY value=null @local src/Api/Properties/launchSettings.json:6',
    'config ASPNETCORE_ENVIRONMENT value=Development @local src/Api/Properties/launchSettings.json:6',
    'config AllowedHosts conditional-value=any @shared src/Api/appsettings.SelfHosted.json:1',
    'config AllowedHosts value=shop.example.org @Production src/Api/appsettings.Production.json:2',
    'config AllowedHosts value=* @shared src/Api/appsettings.json:5',
    'config Cache value=redis://cache:6379 @Production src/Api/appsettings.Production.json:3',
    'config ConnectionStrings:Bus value=null @shared src/Api/appsettings.json:8',
    'config ConnectionStrings:Empty value= @shared src/Api/appsettings.json:9',
    'config ConnectionStrings:Shop value=null @shared src/Api/appsettings.json:7',
    'config Cors:Origins value=https://a.example.org,https://b.example.org @shared src/Api/appsettings.json:12',
    'config Database value=null @Development src/Api/appsettings.Development.json:3',
    'config Jwt:Audience value=shop @shared src/Api/appsettings.json:11',
    'config Jwt:Issuer value=null @shared src/Api/appsettings.json:11',
    'config Jwt:SigningKey value=null @shared src/Api/appsettings.json:11',
    'config Logging:LogLevel:Default value=Debug @Development src/Api/appsettings.Development.json:2',
    'config Logging:LogLevel:Default value=Information @shared src/Api/appsettings.json:4',
    'config Mail:ApplyFilter value=true @staging src/Api/appsettings.aks_staging_shared.json:1',
    'config iisSettings:windowsAuthentication value=true @local src/Api/Properties/launchSettings.json:2',
    'services postgresql engine=postgresql @shared src/Api/appsettings.json:7',
    'services rabbitmq scheme=amqp @shared src/Api/appsettings.json:8',
    'services redis scheme=redis @Production src/Api/appsettings.Production.json:3',
    'services sqlite engine=sqlite @Development src/Api/appsettings.Development.json:3',
  ]);
});
