import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/ory'));

test('settings of Kratos by path', () => {
  expect(factsOf('readers/ory', 'ory')).toEqual([
    'identity issuer value=http://localhost:4433/ @local [public] kratos/kratos.dev.yml:4',
    'identity login-method value=true @local [password] kratos/kratos.dev.yml:10',
    'identity login-method value=false @local [totp] kratos/kratos.dev.yml:11',
    'identity redirect-uri value=http://localhost:3000/ @local kratos/kratos.dev.yml:8',
    'identity session-lifetime value=24h @local kratos/kratos.dev.yml:12',
    'identity web-origin value=http://localhost:3000 @local [public] kratos/kratos.dev.yml:6',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('ory:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'ory').map((each) => each.path)).toEqual([
    'kratos/kratos.dev.yml',
  ]);
});
