/** Whether a property is Spring's own, or of what is widely used with it: another framework's `application.yml` has none, and no program text need ask for it. */
export function isOfSpring(property: string): boolean {
  return OF_SPRING.test(property);
}

const OF_SPRING =
  /^(?:spring|server|management|logging|eureka|feign|resilience4j|springdoc|micrometer|quarkus|micronaut|datasource|endpoints|info|security|zuul|ribbon|hystrix|no\.nav|nais)\b/;
