import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the database of each environment; no other section, no other configuration', () => {
  expect(factsOf('readers/sequelize', 'sequelize')).toEqual([
    'config DATABASE_URL read=required @production config/config.json:4',
    'config sequelize.dialect value=sqlite @development config/config.json:2',
    'config sequelize.dialect value=mysql @production app/config/database.js:3',
    'config sequelize.dialect value=postgres @production config/config.json:4',
    'config sequelize.dialect value=postgres @test config/config.json:3',
    'config sequelize.dialectOptions.ssl value=true @production config/config.json:4',
    'config sequelize.logging value=true @development config/config.json:2',
    'config sequelize.password value=null @test config/config.json:3',
    'config sequelize.pool.max value=20 @production app/config/database.js:3',
    'config sequelize.storage value=dev.sqlite @development config/config.json:2',
    'services mysql engine=mysql @production app/config/database.js:3',
    'services postgresql engine=postgres @production config/config.json:4',
    'services postgresql engine=postgres @test config/config.json:3',
    'services sqlite engine=sqlite @development config/config.json:2',
  ]);
});
