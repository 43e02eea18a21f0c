import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isScalar, parseDocument, visit } from 'yaml';
import { fixture } from './facts-of.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command of `scripts/` as people do, from this folder. */
export function runScript(name: string, ...args: string[]): Ran {
  const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  return run(process.execPath, [tsx, '--tsconfig', 'tsconfig.json', `scripts/${name}.ts`, ...args], ROOT);
}

/** Runs a program with nothing of this project in reach. */
export function run(program: string, args: string[], cwd: string): Ran {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** A copy of a fixture in a folder of its own: `repo`, and `work` beside it. */
export function copyOf(name: string): { repo: string; work: string } {
  const work = mkdtempSync(join(tmpdir(), 'parity-'));
  const repo = join(work, 'repo');
  cpSync(fixture(name), repo, { recursive: true });
  return { repo, work };
}

/** Every file below a folder with its bytes as text. */
export function treeOf(folder: string): { [path: string]: string } {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );
}

/** A drafted map with every gap decided, comments kept. */
export function fillGaps(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string' || !value.value.startsWith('TODO:'))
        return;
      value.value =
        key.value === 'date' ? '2026-03-02' : `the bakery team says so of ${String(key.value)} in compose.yaml`;
    },
  });
  return document.toString({ lineWidth: 0 });
}
