import { basename } from 'node:path/posix';
import type { Finding, Reader } from './reader.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { findingAt } from './support/place.ts';
import { environmentVariable, shellFindings } from './support/shell-findings.ts';
import { type ProgramText, programText, type Span } from './support/source.ts';

/** A stage's body and what it works for. */
interface Stage extends Span {
  name: string;
  line: number;
  targets: Target[];
}

const STAGE = /\bstage\s{0,4}\(\s{0,4}["']([^"'\n]{1,120})["']\s{0,4}\)\s{0,8}\{/g;
const ENVIRONMENT = /\benvironment\s{0,8}\{/g;
const VARIABLE =
  /^[ \t]{0,40}([A-Za-z_]\w*)\s{0,4}=\s{0,4}(?:(["'])([^"'\n]{0,300})\2|credentials\(\s{0,4}["']([^"'\n]{1,200})["']|([^\n]{1,200}))/gm;
const IMAGE = /(?:\bimage[ \t]{0,4}\(?[ \t]{0,4}|\bdocker\.image\(\s{0,4})["']([^"'\n]{1,300})["']/g;
const CREDENTIALS = /\b(?:string|file|usernamePassword)\s{0,4}\(([^()\n]{1,400})\)/g;
const CRON = /\bcron\s{0,4}\(?\s{0,4}["']([^"'\n]{1,200})["']/g;
const SCRIPT = /\bsh\s{0,4}\(?\s{0,8}(?:script\s{0,4}:\s{0,4})?("""|'''|"|')/g;

export const jenkinsfile: Reader = {
  name: 'jenkinsfile',
  reads: 'Jenkins: `Jenkinsfile*`, as far as plain text tells',
  reach: ['ci'],
  pipeline: true,
  matches: (path) => /^Jenkinsfile(?:[._-][\w.-]+)?$|\.[Jj]enkinsfile$/.test(basename(path)),
  read(file) {
    const program = programText(file.path, file.text, 'groovy');
    const stages = stagesOf(program);
    const findings = [
      ...stages.flatMap(processFindings),
      ...environmentFindings(program, stages),
      ...matches(program, IMAGE).flatMap((match) => {
        const unit = stageAt(stages, match.index)?.name;
        return imageFindings(match[1] ?? '', { ...CI, unit, line: program.line(match.index) });
      }),
      ...credentialFindings(program, stages),
      ...matches(program, CRON).map((match) =>
        findingAt(
          { ...CI, line: program.line(match.index) },
          { surface: 'operations', subject: 'pipeline', attribute: 'schedule', value: match[1] ?? null },
        ),
      ),
      ...scriptFindings(program, file.text, stages),
    ];
    return { findings };
  },
};

function matches(program: ProgramText, pattern: RegExp): RegExpExecArray[] {
  return [...program.text.matchAll(pattern)].filter((match) => program.isCode(match.index));
}

function stagesOf(program: ProgramText): Stage[] {
  return matches(program, STAGE).flatMap((match) => {
    const start = match.index + match[0].length - 1;
    const end = program.partner(start);
    const name = match[1] ?? '';
    if (end === undefined) return [];
    const targets = isCheck([name], []) ? [CI] : [environmentOfDeployJob([name], []) ?? CI];
    return [{ name, start, end, line: program.line(match.index), targets }];
  });
}

/** The innermost stage around an offset. */
function stageAt(stages: readonly Stage[], offset: number): Stage | undefined {
  return stages.findLast((each) => each.start < offset && offset < each.end);
}

function processFindings({ name, line, targets }: Stage): Finding[] {
  return targets.map((target) =>
    findingAt({ ...target, line }, { surface: 'operations', subject: name, attribute: 'process', value: name }),
  );
}

/** `environment { KEY = 'value' }`; `credentials('id')` is a secret by its id, and any other expression is computed. */
function environmentFindings(program: ProgramText, stages: readonly Stage[]): Finding[] {
  return matches(program, ENVIRONMENT).flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    if (close === undefined) return [];
    const stage = stageAt(stages, open);
    const targets = stage?.targets ?? [CI];
    return [...program.text.slice(open + 1, close).matchAll(VARIABLE)].flatMap((each): Finding[] => {
      const [, key = '', , literal, credential] = each;
      const line = program.line(open + 1 + each.index + (each[0].length - each[0].trimStart().length));
      return targets.flatMap((target) => {
        const place = { ...target, ...(stage ? { unit: stage.name } : {}), line };
        return credential === undefined
          ? environmentVariable(key, literal ?? '$computed', place)
          : [secretFinding(key, credential, place)];
      });
    });
  });
}

function secretFinding(key: string, reference: string, place: Target & { unit?: string; line: number }): Finding {
  return findingAt(place, { surface: 'config', subject: key, attribute: 'secret-reference', value: reference });
}

/** `withCredentials([string(credentialsId: 'id', variable: 'KEY')])`. */
function credentialFindings(program: ProgramText, stages: readonly Stage[]): Finding[] {
  return matches(program, CREDENTIALS).flatMap((match) => {
    const text = match[1] ?? '';
    const id = /\bcredentialsId\s{0,4}:\s{0,4}["']([^"']{1,200})["']/.exec(text)?.[1];
    if (id === undefined) return [];
    const stage = stageAt(stages, match.index);
    const keys = [...text.matchAll(/\b(?:variable|usernameVariable|passwordVariable)\s{0,4}:\s{0,4}["'](\w+)["']/g)];
    const line = program.line(match.index);
    return (stage?.targets ?? [CI]).flatMap((target) =>
      keys.map((key) => secretFinding(key[1] ?? '', id, { ...target, ...(stage ? { unit: stage.name } : {}), line })),
    );
  });
}

/** `sh '…'`: one more shell script. */
function scriptFindings(program: ProgramText, source: string, stages: readonly Stage[]): Finding[] {
  return matches(program, SCRIPT).flatMap((match) => {
    const quote = match[1] ?? "'";
    const start = match.index + match[0].length;
    const end = source.indexOf(quote, start);
    if (end === -1 || end - start > MAX_SCRIPT) return [];
    const stage = stageAt(stages, match.index);
    return (stage?.targets ?? [CI]).flatMap((target) =>
      shellFindings(source.slice(start, end), program.line(start), {
        ...target,
        ...(stage ? { unit: stage.name } : {}),
      }),
    );
  });
}

/** Characters of one script. More is no step of a pipeline. */
const MAX_SCRIPT = 20_000;
