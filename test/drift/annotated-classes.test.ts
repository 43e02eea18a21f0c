import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

const { drift } = inspectRepository(fixture('annotated-classes'));

/** Severity, id and the files of each branch on a profile. */
const branches = drift
  .filter(({ rule }) => rule === 'env-name-branch')
  .map(({ severity, id, sides }) => [
    severity,
    id.replace('env-name-branch:SPRING_PROFILES_ACTIVE ', ''),
    [...new Set(sides.map(({ evidence }) => evidence.path.split('/').at(-1)))].join(' '),
  ]);

test('a class that a profile puts in place is for what it is called, and not for every word of its body', () => {
  expect(branches).toContainEqual(['low', 'queue', 'OrdersMQConfig.kt']);
  expect(branches).toContainEqual(['medium', 'endpoint', 'TestOrdersController.kt']);
});

test('a credential that is sent along is nobody’s way in; one that is asked for is', () => {
  expect(branches).toContainEqual(['high', 'login', 'CallGate.kt']);
  expect(branches).toContainEqual(['low', 'in src/main/kotlin/shop/ArchiveImpl.kt', 'ArchiveImpl.kt']);
});

test('a stand-in is called one', () => {
  const stub = drift.find(({ id }) => id === 'env-name-branch:SPRING_PROFILES_ACTIVE debug');
  expect(stub?.title).toBe(
    'SPRING_PROFILES_ACTIVE (in local,dev) puts stand-ins in place in src/main/kotlin/shop/RegisterClient.kt: class FakeRegisterClient : RegisterClient {',
  );
});

test('a setting that holds the environment’s name, put into a field, decides where the field is asked; a file’s name weighs less, the words of an error and an account nothing', () => {
  const asked = drift.filter(({ rule, subject }) => rule === 'env-name-branch' && !subject.startsWith('SPRING'));
  expect(asked.map(({ severity, id, sides }) => `${severity} ${id} ${sides[0]?.evidence.line}`)).toEqual([
    'high env-name-branch:callback.env restriction 19',
    'medium env-name-branch:environment login 8',
    'low env-name-branch:env in src/main/java/shop/Reader.java 6',
  ]);
});
