import type { Reader } from './reader.ts';
import { readContainerPipelines } from './support/container-pipeline-file.ts';

export const woodpecker: Reader = {
  name: 'woodpecker',
  reads: 'Woodpecker: `.woodpecker.yml`, `.woodpecker/*.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /(?:^|\/)\.woodpecker(?:\.ya?ml$|\/.*\.ya?ml$)/.test(path),
  read: readContainerPipelines,
};
