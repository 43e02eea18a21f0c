import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('settings that take variables in, and the files of the same make that tests and environments have; nothing of other formats', () => {
  expect(factsOf('readers/substituted-config', 'substituted-config')).toEqual([
    'config AUTH_TOKEN default= @shared src/main/resources/config/config.yaml:12',
    'config AUTH_TOKEN read=defaulted @shared src/main/resources/config/config.yaml:12',
    'config CAPTURE_ENABLED default=false @shared src/main/resources/config/config.yaml:11',
    'config CAPTURE_ENABLED read=defaulted @shared src/main/resources/config/config.yaml:11',
    'config DB_HOST read=required @shared src/main/resources/config/config.yaml:8',
    'config PORT default=8080 @shared src/main/resources/config/config.yaml:4',
    'config PORT read=defaulted @shared src/main/resources/config/config.yaml:4',
    'config authToken value=null @shared src/main/resources/config/config.yaml:12',
    'config captureEnabled value=null @shared src/main/resources/config/config.yaml:11',
    'config captureEnabled value=true @test src/test/resources/config/test-config.yaml:9',
    'config database.driverClass value=org.postgresql.Driver @shared src/main/resources/config/config.yaml:7',
    'config database.maxSize value=8 @shared src/main/resources/config/config.yaml:9',
    'config database.maxSize value=4 @staging config/config.staging.yaml:4',
    'config database.url value=null @shared src/main/resources/config/config.yaml:8',
    'config database.url value=jdbc:postgresql://localhost:5432/orders @test src/test/resources/config/test-config.yaml:7',
    'config server.applicationConnectors.0.port value=null @shared src/main/resources/config/config.yaml:4',
    'config server.applicationConnectors.0.port value=0 @test src/test/resources/config/test-config.yaml:4',
    'config server.applicationConnectors.0.type value=http @shared src/main/resources/config/config.yaml:3',
    'config server.applicationConnectors.0.type value=http @test src/test/resources/config/test-config.yaml:3',
    'config server.rootPath value=/orders @staging config/config.staging.yaml:2',
    'services postgresql scheme=jdbc:postgresql @shared src/main/resources/config/config.yaml:8',
    'services postgresql scheme=jdbc:postgresql @test src/test/resources/config/test-config.yaml:7',
  ]);
});
