import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('Java, Spring Boot and clients of services in Groovy, Kotlin and a version catalogue; comments say nothing', () => {
  expect(factsOf('readers/gradle-build', 'gradle-build')).toEqual([
    'runtime java target=21 @shared app/build.gradle.kts:1',
    'runtime java target=17 @shared build.gradle:4',
    'runtime java target=21 @shared gradle/libs.versions.toml:2',
    'runtime spring-boot version=3.3.1 @shared build.gradle:2',
    'services mysql client=com.mysql:mysql-connector-j @shared app/build.gradle.kts:3',
    'services postgresql client=org.postgresql:postgresql@42.7.3 @shared build.gradle:7',
    'services postgresql client=org.postgresql:postgresql@42.7.4 @shared gradle/libs.versions.toml:5',
    'services redis client=jedis @test build.gradle:8',
  ]);
});
