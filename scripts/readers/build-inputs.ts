import { basename } from 'node:path/posix';
import {
  assignmentsOf,
  type Instruction,
  parseDockerfile,
  type Stage,
  stagesOf,
  wordsOf,
} from '../syntax/dockerfile.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, entries, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { findingAt, type Place } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { environmentOfRunFile } from './support/run-file-environment.ts';

const DOCKERFILE = /(?:^|\/)(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$|\.(?:Dockerfile|dockerfile)$/;
const COMPOSE = /(?:^|\/)(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/i;
/** What a build has without asking, and what the shell itself sets. */
const PREDEFINED =
  /^(?:https?_proxy|ftp_proxy|no_proxy|all_proxy|path|home|pwd|user|hostname|shell|term|lang|target(?:platform|os|arch|variant|stage)|build(?:platform|os|arch|variant)|source_date_epoch|buildkit_\w+|.*_version|ld_library_path|pythonpath|node_path|gopath|java_home|pkg_config_path|cuda_\w+)$/i;

export const buildInputs: Reader = {
  name: 'build-inputs',
  reads:
    'what image builds need: the files that a Dockerfile copies, the variables that it takes and nothing gives it, the folder that a compose file builds it from',
  reach: DEPLOYED,
  source: true,
  matches: (path) => (DOCKERFILE.test(path) || COMPOSE.test(path)) && isProgramOfApplication(path),
  read({ path, text }) {
    const findings = DOCKERFILE.test(path) ? dockerfileFindings(path, text) : composeFindings(path, text);
    return findings.length > 0 ? { findings } : null;
  },
};

function dockerfileFindings(path: string, text: string): Finding[] {
  const { stages } = stagesOf(parseDockerfile(text).instructions);
  const where = environmentOfRunFile(path) ?? { environment: 'shared' };
  return [
    ...stages.flatMap((stage) => [
      ...stage.instructions.flatMap((each) => copied(each, { ...where, line: each.line })),
      ...undefinedVariables(stage, where),
    ]),
    ...splitLines(text).flatMap((line, index) => commentedOut(line, { ...where, line: index + 1 })),
    ...writtenScripts(text, where),
  ];
}

/** `# ENV KEY=`: a variable that the image could have. */
function commentedOut(line: string, place: Place): Finding[] {
  const key = /^#\s{0,4}(?:ENV|ARG)\s+([A-Z][A-Z0-9_]+)(?:[= ]|$)/.exec(line)?.[1];
  return key ? [findingAt(place, { surface: 'config', subject: key, attribute: 'commented-out', value: null })] : [];
}

/** `RUN echo "... \$KEY" > /usr/local/bin/x`: a script that the image writes reads a key that no stage sets. */
function writtenScripts(text: string, where: Omit<Place, 'line'>): Finding[] {
  const set = new Set([...text.matchAll(/^[ \t]*(?:ENV|ARG)[ \t]+([A-Za-z_]\w*)/gm)].map((match) => match[1] ?? ''));
  return splitLines(text).flatMap((line, index) => {
    if (!/^\s*RUN\s+(?:echo|printf)\b.*>/.test(line)) return [];
    return [...line.matchAll(/\\\$\{?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g)].flatMap((match) =>
      match[1] && !set.has(match[1])
        ? [
            findingAt(
              { ...where, line: index + 1 },
              { surface: 'config', subject: match[1], attribute: 'undefined-variable', value: 'script' },
            ),
          ]
        : [],
    );
  });
}

/** The paths that an instruction takes from the folder of the build; those with a pattern or a variable are not told. */
function copied(instruction: Instruction, place: Place): Finding[] {
  if (!['COPY', 'ADD'].includes(instruction.name) || instruction.flags.has('from')) return [];
  const words = instruction.text.trim().startsWith('[')
    ? [...instruction.text.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
    : wordsOf(instruction).map((word) => word.text);
  return words.slice(0, -1).flatMap((word) => {
    // A build sees nothing above its folder: what leads there is left out.
    const source = word.replace(/^(?:\.{0,2}\/)+/, '').replace(/\/$/, '');
    if (source === '' || source === '.' || /[*?$<[{]|^\w+:\/\//.test(source)) return [];
    return [findingAt(place, { surface: 'operations', subject: source, attribute: 'copies', value: word })];
  });
}

/** `ENV KEY=$KEY` in a stage that has neither `ARG` nor `ENV` of that name: the variable is empty, whatever the build is given. */
function undefinedVariables(stage: Stage, where: Omit<Place, 'line'>): Finding[] {
  const known = new Set<string>();
  for (let each = stage.parent; each; each = each.parent)
    for (const instruction of each.instructions)
      if (instruction.name === 'ENV') for (const { key } of assignmentsOf(instruction)) known.add(key);
  const found: Finding[] = [];
  for (const instruction of stage.instructions) {
    if (!['ARG', 'ENV'].includes(instruction.name)) continue;
    for (const { key, value, line } of assignmentsOf(instruction)) {
      const own = instruction.name === 'ENV' ? /^\$\{?([A-Za-z_]\w*)\}?$/.exec(value ?? '')?.[1] : undefined;
      if (own && !known.has(own) && !PREDEFINED.test(own))
        found.push(
          findingAt(
            { ...where, line },
            { surface: 'config', subject: own, attribute: 'undefined-variable', value: `ENV ${key}` },
          ),
        );
      known.add(key);
    }
  }
  return found;
}

function composeFindings(path: string, text: string): Finding[] {
  const named = /^(?:docker-)?compose(?:\.override)?\.ya?ml$/i.test(basename(path))
    ? undefined
    : environmentOfRunFile(path);
  const where = named ?? ({ environment: 'local', class: 'local' } as const);
  return parseYaml(text).documents.flatMap((document) =>
    entries(at(document, 'services')).flatMap(({ key, value }) => buildFindings(key, at(value, 'build'), where)),
  );
}

function buildFindings(unit: string, build: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  if (!build) return [];
  const context = build.kind === 'scalar' ? build : at(build, 'context');
  if (context?.kind !== 'scalar' || context.text === '' || /[$:]/.test(context.text)) return [];
  const file = build.kind === 'scalar' ? undefined : textAt(build, 'dockerfile');
  const place = { ...where, unit, line: context.line };
  return [
    findingAt(place, { surface: 'operations', subject: unit, attribute: 'build-context', value: context.text }),
    ...(build.kind !== 'scalar' && at(build, 'dockerfile_inline')
      ? []
      : [
          findingAt(
            { ...place, line: (build.kind === 'scalar' ? undefined : at(build, 'dockerfile')?.line) ?? context.line },
            { surface: 'operations', subject: unit, attribute: 'build-file', value: file ?? 'Dockerfile' },
          ),
        ]),
  ];
}
