import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the framework, and clients of services with central versions; test projects are of the tests', () => {
  expect(factsOf('readers/csproj', 'csproj')).toEqual([
    'runtime dotnet target=8.0 @shared src/Shop.csproj:3',
    'runtime dotnet target=9.0 @test src/Shop.Tests.csproj:1',
    'services postgresql client=Npgsql@8.0.1 @shared src/Shop.csproj:6',
    'services redis client=StackExchange.Redis@2.7.10 @shared Directory.Packages.props:3',
  ]);
});
