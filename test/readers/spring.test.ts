import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('properties by profile file and profile document, placeholders as reads; no other framework, no documentation', () => {
  expect(factsOf('readers/spring', 'spring')).toEqual([
    'config DB_URL default=jdbc:postgresql://localhost:5432/shop @shared src/main/resources/application.yml:5',
    'config DB_URL read=defaulted @shared src/main/resources/application.yml:5',
    'config DB_USER read=required @shared src/main/resources/application.yml:6',
    'config PORT default=8080 @shared src/main/resources/application.yml:14',
    'config PORT read=defaulted @shared src/main/resources/application.yml:14',
    'config audience value=shop,admin @shared src/main/resources/application.yml:15',
    'config logging.level.root value=DEBUG @development src/main/resources/application-dev.properties:3',
    'config management.endpoints.web.exposure.include value=health,info @shared src/main/resources/application.yml:12',
    'config other value=null @shared src/main/resources/application.yml:18',
    'config server.error.include-stacktrace value=never @production src/main/resources/application.yml:26',
    'config server.port conditional-value=80 @shared src/main/resources/application-docker.yml:2',
    'config server.port value=8081 @development src/main/resources/application-dev.properties:2',
    'config server.port value=8082 @qa src/main/resources/application-dev.properties:8',
    'config server.port value=null @shared src/main/resources/application.yml:14',
    'config server.port value=8082 @uat src/main/resources/application-dev.properties:8',
    'config shop.mail.hosts value=a.example.org,b.example.org @development src/main/resources/application-dev.properties:4',
    'config spring.application.name value=null @shared src/main/resources/application.yml:3',
    'config spring.cloud.config.uri value=http://config @shared src/main/resources/bootstrap.yml:4',
    'config spring.data.redis.url value=redis://cache:6379 @shared src/main/resources/application.yml:11',
    'config spring.datasource.driver-class-name value=org.postgresql.Driver @shared src/main/resources/application.yml:8',
    'config spring.datasource.password value=null @shared src/main/resources/application.yml:7',
    'config spring.datasource.url conditional-value=jdbc:mysql://localhost/shop @shared src/main/resources/application.yml:31',
    'config spring.datasource.url value=null @shared src/main/resources/application.yml:5',
    'config spring.datasource.username value=null @shared src/main/resources/application.yml:6',
    'config spring.jpa.hibernate.ddl-auto value=create-drop @test src/test/resources/application-prod.yml:4',
    'services postgresql engine=org.postgresql.Driver @shared src/main/resources/application.yml:8',
    'services postgresql scheme=jdbc:postgresql @shared src/main/resources/application.yml:5',
    'services redis scheme=redis @shared src/main/resources/application.yml:11',
  ]);
});
