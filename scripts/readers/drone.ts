import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Reader } from './reader.ts';
import { containerPipelineFindings } from './support/container-pipeline.ts';
import { readResult } from './support/read-result.ts';

export const drone: Reader = {
  name: 'drone',
  reads: 'Drone: `.drone.yml`',
  reach: ['ci'],
  pipeline: true,
  matches: (path) => /^\.drone(?:[._-][\w-]+)*\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const lines = splitLines(file.text);
    return readResult(
      documents.flatMap((each) => containerPipelineFindings(each, lines)),
      broken,
    );
  },
};
