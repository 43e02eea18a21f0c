import { subjectOfPackage } from '../../services/subject.ts';
import type { Finding } from '../reader.ts';
import { clientFindings } from './client-findings.ts';
import { findingAt, type Place } from './place.ts';

/**
 * What an artefact of Maven or Gradle says: the client of a service by its coordinates, else by its own name; of Spring Boot its
 * version. What starts services for test cases is of the tests.
 */
export function artifactFindings(group: string, artifact: string, version: string, place: Place): Finding[] {
  const where = group === 'org.testcontainers' ? { ...place, environment: 'test' } : place;
  if (
    group === 'org.springframework.boot' &&
    /^(?:spring-boot-starter-parent|spring-boot-dependencies)$/.test(artifact)
  )
    return version === '' ? [] : [frameworkFinding(version, where)];
  const coordinates = `${group}:${artifact}`;
  return clientFindings(subjectOfPackage(coordinates) ? coordinates : artifact, version, where);
}

/** The version of Spring Boot, which decides which Java it runs on. */
export function frameworkFinding(version: string, place: Place): Finding {
  const value = /[${]/.test(version) ? null : version;
  return findingAt(place, { surface: 'runtime', subject: 'spring-boot', attribute: 'version', value });
}
