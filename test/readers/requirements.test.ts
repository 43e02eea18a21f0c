import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('clients of services with their versions; hashes, options and comments are none', () => {
  expect(factsOf('readers/requirements', 'requirements')).toEqual([
    'providers ses client=django-ses@==3.5 @production requirements/production.txt:1',
    'runtime django pin=5.0 @shared requirements.txt:2',
    'services elasticsearch client=elasticsearch @shared requirements.txt:9',
    'services postgresql client=psycopg2-binary@==2.9.9 @shared requirements.txt:3',
    'services redis client=redis@>=5 @shared requirements.txt:5',
    'services sqlite client=aiosqlite @local requirements-dev.txt:1',
  ]);
});
