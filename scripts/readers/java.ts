import type { Reader } from './reader.ts';
import { JVM_HINTS, jvmBranches, jvmPatternsOf, jvmWrites } from './support/jvm-configuration.ts';
import { mayHoldOptions } from './support/options-classes.ts';
import { programReader } from './support/program-reader.ts';
import { springDefinitions, springOptions, springReads } from './support/spring-configuration.ts';

export const java: Reader = programReader({
  language: 'java',
  reads:
    'Java: which environment variables, system properties and Spring properties it reads, with which defaults; profiles that it asks for',
  hints: JVM_HINTS,
  patterns: jvmPatternsOf,
  readByVariable: /\bSystem\.(?:getenv|getProperty)\(\s*([A-Za-z_]\w*)\s*[,)]/,
  others: (program, _, definitions) => [...springReads(program), ...springOptions(program, definitions)],
  defines: springDefinitions,
  hintedBy: mayHoldOptions,
  writes: jvmWrites,
  branches: jvmBranches,
});
