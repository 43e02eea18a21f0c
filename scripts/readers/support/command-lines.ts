import { basename } from 'node:path/posix';
import { environmentIn } from '../../environments/names.ts';
import { splitLines } from '../../syntax/lines.ts';
import { oncePerText } from '../../syntax/once-per-text.ts';
import { parseShell, type ShellCommand } from '../../syntax/shell.ts';
import { environmentOfInfrastructure } from './infrastructure-environment.ts';
import { environmentOfManifest } from './manifest-environment.ts';
import type { Place } from './place.ts';
import { isProgramOfApplication } from './program-of-application.ts';
import { environmentOfRunFile } from './run-file-environment.ts';
import { environmentOfScript } from './script-environment.ts';

/** A simple command, where it stands and where it is run. */
export interface CommandLine extends ShellCommand {
  /** The words, one blank between them. */
  text: string;
  place: Place;
  /** What a Dockerfile does with it: `RUN` while the image is built, `CMD` when it runs; empty elsewhere. */
  instruction: string;
  /** The script of a `package.json` that it is of; empty elsewhere. */
  script: string;
}

const PIPELINE =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.+\.ya?ml|\.gitlab-ci[\w.-]*\.ya?ml|\.circleci\/config\.yml|azure-pipelines[\w.-]*\.ya?ml|bitbucket-pipelines\.yml|Jenkinsfile[\w.-]*|\.travis\.yml|\.buildkite\/.+\.ya?ml|\.woodpecker[\w.-]*\.ya?ml|\.drone\.ya?ml)$/;
const NAMED =
  /^(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$|\.(?:Dockerfile|dockerfile|sh|bash)$|^(?:GNU)?[Mm]akefile$|^[Jj]ustfile$|^Procfile[\w.-]*$|^package\.json$|^(?:fly|railway|nixpacks)[\w.-]*\.toml$|^app\.json$|\.tfvars(?:\.json)?$/;
const IN_SCRIPTS = /(?:^|\/)(?:bin|scripts?|docker|deploy|ops)\/(?:[^/.]+\/)?[^/.]+$/;
const MANIFEST = /\.ya?ml$/;
/** Variables of infrastructure may hold the commands that it starts containers with. */
const VARIABLES = /\.tfvars(?:\.json)?$/;
const NEVER = /(?:^|\/)(?:pnpm-lock|node_modules|locales?|i18n|translations?)(?:\/|\.)/;
/** Longer lines are data. */
const MAX_LINE = 4000;

/** Whether a path may hold commands that somebody runs: scripts, image builds, pipelines, manifests. */
export const isCommandFile: (path: string) => boolean = oncePerText((path) => {
  if (NEVER.test(path)) return false;
  if (PIPELINE.test(path)) return true;
  const fits = NAMED.test(basename(path)) || MANIFEST.test(path) || IN_SCRIPTS.test(path);
  return fits && isProgramOfApplication(path);
});

/** Whether a path is a pipeline's: its commands run in CI. */
export function isPipelineFile(path: string): boolean {
  return PIPELINE.test(path);
}

/**
 * The commands of a file whose line matches `wanted`, whatever format holds them: shell text, a Dockerfile's instructions, scripts of
 * a `package.json`, the value of a YAML key. Linear in the text.
 */
export function commandsOf(path: string, text: string, wanted: RegExp): CommandLine[] {
  if (!wanted.test(text)) return [];
  const file = placeOfFile(path);
  const isScripts = basename(path) === 'package.json';
  const lines = splitLines(text);
  const found: CommandLine[] = [];
  let branch: Omit<Place, 'line'> | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const first = index;
    const mark = /^\s*:\s*<<-?\s*(["']?)(\w{1,60})\1/.exec(lines[index] ?? '')?.[2];
    // `: <<'NOTES'` is how shell comments on many lines.
    if (mark !== undefined) {
      while (index + 1 < lines.length && lines[index + 1]?.trim() !== mark) index += 1;
      continue;
    }
    let whole = lines[index] ?? '';
    while (/\\\s*$/.test(whole) && index + 1 < lines.length && whole.length < MAX_LINE) {
      index += 1;
      whole += `\n${lines[index] ?? ''}`;
    }
    if (whole.length > MAX_LINE || /^\s*(?:#|\/\/)/.test(whole)) continue;
    branch = branchAfter(whole, branch);
    if (!wanted.test(whole)) continue;
    const { command, instruction, name } = unwrapped(whole);
    const where = (isScripts ? environmentOfScript(name) : undefined) ?? branch ?? file;
    for (const each of parseShell(command, first + 1)) {
      const words = each.words.map((word) => word.text).join(' ');
      const line = each.words[0]?.line ?? each.line;
      const place = { ...where, line };
      found.push({ ...each, text: words, place, instruction, script: isScripts ? name : '' });
    }
  }
  return found;
}

/** `run: x`, `- cmd: x`, `"start": "x",`, `RUN x`, `["x", "y"]`: the command alone, with as many line breaks as it has. */
function unwrapped(line: string): { command: string; instruction: string; name: string } {
  const docker = /^\s*(RUN|CMD|ENTRYPOINT)\s+(?:--\S+\s+)*/i.exec(line);
  if (docker) {
    const rest = line.slice(docker[0].length);
    return { command: plainList(rest), instruction: (docker[1] ?? '').toUpperCase(), name: '' };
  }
  const key = /^\s*(?:-\s+)?["']?([\w:.-]+)["']?\s*(?::|=)\s+(?:[|>][+-]?\s*$)?/.exec(line);
  const rest = line
    .slice(key?.[0].length ?? 0)
    .replace(/^\s*-\s+/, '')
    .replace(/^[@-]?(?=\w)/, '');
  const bare = /^\s*(["'])([\s\S]*)\1,?\s*$/.exec(rest)?.[2]?.replaceAll('\\"', '"') ?? rest;
  return { command: plainList(bare), instruction: '', name: key?.[1] ?? '' };
}

function plainList(text: string): string {
  return /^\s*\[\s*["']/.test(text)
    ? text.replace(/^\s*\[\s*["']|["']\s*\]\s*,?\s*$/g, '').replace(/["']\s*,\s*["']/g, ' ')
    : text;
}

function placeOfFile(path: string): Omit<Place, 'line'> {
  if (PIPELINE.test(path)) return { environment: 'ci', class: 'ci' };
  if (VARIABLES.test(path)) return environmentOfInfrastructure(path.replace(VARIABLES, ''));
  if (MANIFEST.test(path) && !/compose/i.test(basename(path))) return environmentOfManifest(path);
  const told = environmentOfRunFile(path);
  if (told) return told;
  return /compose[\w.-]*\.ya?ml$/i.test(path) ? { environment: 'local', class: 'local' } : { environment: 'shared' };
}

/** What stands between `if [[ "$NAMESPACE" == *-dev ]]` and its `fi` runs in that environment alone. */
function branchAfter(line: string, before: Omit<Place, 'line'> | undefined): Omit<Place, 'line'> | undefined {
  if (/^\s*(?:fi|else|elif)\b/.test(line)) return undefined;
  const compared = /\bif\s+\[+[^\]]{0,120}?={1,2}\s*["']?\*?-?([A-Za-z]+)\*?["']?\s*\]/.exec(line)?.[1];
  const named = compared === undefined ? undefined : environmentIn(compared, 'deployed');
  return named ? { environment: named.name, class: named.class } : before;
}
