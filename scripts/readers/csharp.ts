import type { Reader } from './reader.ts';
import type { ConfigRead, ReadPattern } from './support/config-reads.ts';
import { dotnetBranches, dotnetPatterns, sectionBindings, sectionReads } from './support/dotnet-configuration.ts';
import { enumBranches } from './support/enum-branches.ts';
import { mayHoldOptions, optionsDefinitions, optionsReads } from './support/options-classes.ts';
import { programReader } from './support/program-reader.ts';

const VARIABLES: readonly ReadPattern[] = [
  { pattern: /(?<![\w.])(?:System\.)?Environment\.GetEnvironmentVariable\(/g, absent: 'usage' },
  { pattern: /(?<![\w.])(?:System\.)?Environment\.SetEnvironmentVariable\(/g, absent: 'usage', sets: true },
];

export const csharp: Reader = programReader({
  language: 'csharp',
  reads:
    'C#: which environment variables, settings, sections (with the classes that they are bound to) and connection strings it reads, with which defaults; `IsDevelopment()` and its like',
  hints: [
    'etEnvironmentVariable(',
    'onfiguration[',
    'onfig[',
    'onfiguration?[',
    'GetSection(',
    'GetRequiredSection(',
    'GetValue',
    'GetRequired',
    'ConnectionString(',
    'BindConfiguration(',
    'UseSetting(',
    '.IsDevelopment(',
    '.IsProduction(',
    '.IsStaging(',
    '.IsEnvironment(',
    '.EnvironmentName',
  ],
  patterns: (program) => [...VARIABLES, ...dotnetPatterns(program)],
  readByVariable: /\bEnvironment\.GetEnvironmentVariable\(\s*([A-Za-z_]\w*)\s*[,)]/,
  others: (program, _, definitions): ConfigRead[] => [
    ...sectionReads(program),
    ...optionsReads(program, definitions, ':'),
  ],
  defines: (file, program) => (mayHoldOptions(file) ? optionsDefinitions(program(), sectionBindings(program())) : []),
  hintedBy: mayHoldOptions,
  branches: (program) => [...dotnetBranches(program), ...enumBranches(program)],
});
