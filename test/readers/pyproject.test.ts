import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('Python versions keep their text, and groups tell their environment, up to a break', () => {
  expect(factsOf('readers/pyproject', 'pyproject')).toEqual([
    'runtime python target=py312 @shared pyproject.toml:18',
    'runtime python target=3.10 @shared pyproject.toml:21',
    'runtime python version=>=3.10 @shared pyproject.toml:3',
    'runtime python version=^3.11 @shared worker/pyproject.toml:2',
    'services mongodb client=pymongo @local pyproject.toml:15',
    'services postgresql client=psycopg@>=3.1,<4 @shared pyproject.toml:5',
    'services postgresql client=asyncpg@^0.29 @shared worker/pyproject.toml:3',
    'services redis client=redis@~= 5.0 @shared pyproject.toml:6',
    'services s3 client=minio@==7.* @shared pyproject.toml:12',
    'services sqlite client=aiosqlite@^0.20 @local worker/pyproject.toml:7',
    'services sqlite client=aiosqlite@==0.20.0 @test pyproject.toml:11',
  ]);
});
