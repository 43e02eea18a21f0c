import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the version in the address of Gradle and Maven; other properties say nothing', () => {
  expect(factsOf('readers/build-wrapper', 'build-wrapper')).toEqual([
    'runtime gradle version=8.10 @shared gradle/wrapper/gradle-wrapper.properties:2',
    'runtime maven version=3.9.6 @shared .mvn/wrapper/maven-wrapper.properties:1',
  ]);
});
