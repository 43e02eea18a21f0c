import type { Reader } from './reader.ts';
import type { ReadPattern } from './support/config-reads.ts';
import { flagReads, koanfReads, prefixReads, structTagReads, viperReads } from './support/go-configuration.ts';
import { programReader } from './support/program-reader.ts';

const PATTERNS: readonly ReadPattern[] = [
  { pattern: /(?<![\w.])(?:os|syscall)\.Getenv\(/g, absent: 'usage' },
  { pattern: /(?<![\w.])(?:os|syscall)\.LookupEnv\(/g, absent: 'usage' },
  { pattern: /(?<![\w.])os\.Setenv\(/g, absent: 'usage', sets: true },
  { pattern: /\b(?:t|b|tb|s\.T\(\))\.Setenv\(/g, absent: 'usage', sets: true },
  // viper as a member: its file need not name it.
  {
    pattern: /\b[cC]onfig\.(?:Get(?:String|Bool|Int|Int64|Uint|Float64|Duration|StringSlice)|IsSet)\(/g,
    absent: 'optional',
    capitals: true,
  },
  // urfave/cli, kingpin and koanf name the variable in a call or a field.
  { pattern: /\.(?:Envar|EnvVar)\(/g, absent: 'optional', capitals: true },
];

export const go: Reader = programReader({
  language: 'go',
  reads: 'Go: which environment variables and viper settings it reads, with which defaults, through struct tags too',
  hints: [
    'Getenv',
    'LookupEnv',
    'Setenv',
    'viper',
    'onfig.Get',
    'onfig.IsSet',
    'koanf',
    'env:"',
    'envconfig:"',
    'EnvVars',
    'Envar',
    '.Env',
    '.env',
  ],
  patterns: () => PATTERNS,
  readByVariable: /\bos\.(?:Getenv|LookupEnv)\(\s*([A-Za-z_]\w*)\s*\)/,
  others: (program) => [
    ...structTagReads(program),
    ...flagReads(program),
    ...koanfReads(program),
    ...viperReads(program),
    ...prefixReads(program),
  ],
});
