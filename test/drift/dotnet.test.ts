import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { drift } = inspectRepository(fixture('dotnet'));
const told = (rule: string) =>
  drift
    .filter((each) => each.rule === rule)
    .map(
      (each) =>
        `${each.severity} ${each.subject}: ${each.sides.map((side) => `${side.environment} ${side.evidence.path.split('/').at(-1)}:${side.evidence.line}`).join(', ')}`,
    );

test('settings files of a deployment’s own scheme are its environments’, and the host’s file is every deployment’s', () => {
  const facts = factsOf('dotnet', 'aspnet').filter((fact) =>
    / (?:ShowDrafts|Limits:Orders|EnabledFeatures) /.test(fact),
  );
  expect(facts).toEqual([
    'config EnabledFeatures value=Basket,Wishlist @BrowserTests src/Shop/appsettings.BrowserTests.json:2',
    'config EnabledFeatures value=Basket @live src/Shop/appsettings.azure_live.json:2',
    'config EnabledFeatures value= @live src/Worker/appsettings.azure_live.json:2',
    'config EnabledFeatures value=Basket,Wishlist @uat src/Shop/appsettings.azure_uat.json:2',
    'config EnabledFeatures value= @uat src/Worker/appsettings.azure_uat.json:2',
    'config Limits:Orders value=100 @Production src/Shop/appsettings.Production.json:2',
    'config Limits:Orders value=100 @uat src/Shop/appsettings.Production.json:2',
    'config ShowDrafts value=false @live src/Shop/appsettings.azure_live.json:3',
    'config ShowDrafts value=true @uat src/Shop/appsettings.azure_uat.json:3',
  ]);
});

test('settings that differ, by program; a section that only production has is one difference', () => {
  expect(told('value-differs')).toEqual([
    'medium EnabledFeatures: live appsettings.azure_live.json:2, BrowserTests appsettings.BrowserTests.json:2, uat appsettings.azure_uat.json:2',
    'low ShowDrafts: live appsettings.azure_live.json:3, uat appsettings.azure_uat.json:3, shared Program.cs:26',
  ]);
  expect(told('key-missing-in').map((each) => each.split(':')[0])).toEqual(['low Reminders']);
});

test('branches by the project’s own words for its environments, with what their arms touch', () => {
  expect(told('env-name-branch')).toEqual([
    'high ASPNETCORE_ENVIRONMENT login: shared Program.cs:5, shared Program.cs:7',
    'medium ASPNETCORE_ENVIRONMENT mail: shared Program.cs:10, shared Program.cs:12',
  ]);
});

test('a test host replaces the check and the storage; what it registers as the program does is no stand-in', () => {
  expect(told('auth-bypass')).toEqual(['low login: test ShopFactory.cs:14, shared Program.cs:7']);
  expect(told('test-overrides-production')).toEqual(['medium storage: test ShopFactory.cs:21, shared Program.cs:21']);
});
