import { basename } from 'node:path/posix';
import type { Reader } from './reader.ts';
import { readContainerPipelines } from './support/container-pipeline-file.ts';

export const drone: Reader = {
  name: 'drone',
  reads: 'Drone: `.drone.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^\.drone(?:[._-][\w.-]+)?\.ya?ml$/.test(basename(path)),
  read: readContainerPipelines,
};
