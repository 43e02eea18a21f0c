import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys that Kotlin reads, through System, Spring, Ktor and helpers, and the profiles that it asks for; no comment and no string counts', () => {
  expect(factsOf('readers/kotlin', 'kotlin')).toEqual([
    'config API_TOKEN read=required @shared src/main/kotlin/shop/Reads.kt:4',
    'config APP_ENV branch=== production @shared src/main/kotlin/shop/Reads.kt:12',
    'config APP_ENV read=optional @shared src/main/kotlin/shop/Reads.kt:12',
    'config ISSUER read=required @shared src/main/kotlin/shop/Reads.kt:8',
    'config MAIL_HOST read=required @shared src/main/kotlin/shop/Reads.kt:5',
    'config NAIS_CLUSTER_NAME branch=== dev-gcp @shared src/main/kotlin/shop/Reads.kt:11',
    'config NAIS_CLUSTER_NAME read=optional @shared src/main/kotlin/shop/Reads.kt:11',
    'config PDL_URL read=required @shared src/main/kotlin/shop/Reads.kt:17',
    'config PORT default=8080 @shared src/main/kotlin/shop/Reads.kt:3',
    'config PORT read=defaulted @shared src/main/kotlin/shop/Reads.kt:3',
    'config REGION read=required @shared src/main/kotlin/shop/Reads.kt:7',
    'config SPRING_PROFILES_ACTIVE branch=in local,test @shared src/main/kotlin/shop/Reads.kt:23',
    'config SPRING_PROFILES_ACTIVE branch=== prod @shared src/main/kotlin/shop/Reads.kt:29',
    'config SPRING_PROFILES_ACTIVE taken=local,test @shared [23] src/main/kotlin/shop/Reads.kt:24',
    'config STRICT_KEY read=required @shared src/main/kotlin/shop/Reads.kt:10',
    'config TRACE_HOST read=optional @shared src/main/kotlin/shop/Reads.kt:6',
    'config WRAPPED read=required @shared src/main/kotlin/shop/Reads.kt:9',
    'config debug arm=local,test @shared src/main/kotlin/shop/Reads.kt:24',
    'config jwt.realm default=shop @shared src/main/kotlin/shop/Reads.kt:28',
    'config jwt.realm read=defaulted @shared src/main/kotlin/shop/Reads.kt:28',
    'config jwt.secret read=required @shared src/main/kotlin/shop/Reads.kt:27',
    'config pdl.timeout default=5 @shared src/main/kotlin/shop/Reads.kt:18',
    'config pdl.timeout read=defaulted @shared src/main/kotlin/shop/Reads.kt:18',
  ]);
});
