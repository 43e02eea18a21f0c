import { splitLines } from '../../syntax/lines.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { ReadResult, SourceFile } from '../reader.ts';
import { containerPipelineFindings } from './container-pipeline.ts';
import { readResult } from './read-result.ts';

/** What a file of pipelines whose steps are containers says: Drone's, and Woodpecker's that came of it. */
export function readContainerPipelines(file: SourceFile): ReadResult {
  const { documents, broken } = parseYaml(file.text);
  const lines = splitLines(file.text);
  return readResult(
    documents.flatMap((each) => containerPipelineFindings(each, lines)),
    broken,
  );
}
