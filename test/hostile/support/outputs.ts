import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspectRepository } from '../../../scripts/inspect-repository.ts';
import type { Inspection } from '../../../scripts/model.ts';
import { toJson } from '../../../scripts/output/json.ts';
import { summaryOf } from '../../../scripts/output/summary.ts';
import { readers } from '../../../scripts/readers/index.ts';
import { draftMap } from '../../../scripts/skill/draft-map.ts';
import { printMap } from '../../../scripts/skill/print-map.ts';

/** Writes files into a new folder. The caller removes it. */
export function folderWith(files: ReadonlyMap<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'hostile-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export interface Outputs {
  inspection: Inspection;
  json: string;
  summary: string;
  map: string;
}

/** What inspect and draft write about a repository that consists of these files. */
export function outputsOf(files: ReadonlyMap<string, string | Buffer>): Outputs {
  const root = folderWith(files);
  try {
    const inspection = inspectRepository(root);
    return {
      inspection,
      json: toJson(inspection),
      summary: summaryOf(inspection, 'inspection.json'),
      map: printMap(draftMap(inspection, readers)),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
