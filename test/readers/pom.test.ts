import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('Java, Spring Boot and clients of services, versions by property too; what stood before a break stays', () => {
  expect(factsOf('readers/pom', 'pom')).toEqual([
    'runtime java target=11 @shared broken/pom.xml:1',
    'runtime java target=17 @shared pom.xml:9',
    'runtime spring-boot version=3.2.0 @shared pom.xml:6',
    'services postgresql client=org.postgresql:postgresql@42.7.1 @shared pom.xml:16',
    'services postgresql client=postgresql @test pom.xml:21',
  ]);
});
