import { splitLines } from '../syntax/lines.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Reader } from './reader.ts';
import { containerPipelineFindings } from './support/container-pipeline.ts';
import { readResult } from './support/read-result.ts';

export const woodpecker: Reader = {
  name: 'woodpecker',
  reads: 'Woodpecker: `.woodpecker.yml`, `.woodpecker/*.yml`',
  reach: ['ci'],
  pipeline: true,
  matches: (path) => /(?:^|\/)\.woodpecker(?:\.ya?ml$|\/.*\.ya?ml$)/.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const lines = splitLines(file.text);
    return readResult(
      documents.flatMap((each) => containerPipelineFindings(each, lines)),
      broken,
    );
  },
};
