import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('tools and variables, past programs of other managers, and what stands before a break', () => {
  expect(factsOf('readers/mise', 'mise')).toEqual([
    'config API_URL value=http://localhost:3000 @local mise.toml:13',
    'config API_URL value=https://api.example.com @production mise.production.toml:2',
    'config DATABASE_URL value=postgres://localhost:5432/shop @local mise.toml:10',
    'config SESSION_SECRET value=null @local mise.toml:11',
    'runtime go version=1.20 @local mise.toml:5',
    'runtime java version=temurin-21 @local mise.toml:7',
    'runtime node version=18 @local .mise.toml:2',
    'runtime node version=22 @local mise.toml:2',
    'runtime python version=3.10 @local mise.toml:3',
    'runtime python version=3.12 @local mise.toml:3',
    'runtime ruby version=3.3.1 @local mise.toml:4',
    'services postgresql scheme=postgres @local mise.toml:10',
  ]);
});
