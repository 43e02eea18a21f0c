import { at, type Entry, entries, items, scalars, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { blockText } from './block-text.ts';
import { CI, isCheck, isDeploy, speaksOfTests, type Target } from './job-environment.ts';

/** A job of a workflow file, with what the file says around it. */
export interface DeployingJob {
  job: Entry;
  /** Every job of the file. */
  jobs: readonly Entry[];
  /** The workflow's `on`. */
  on: Tree | undefined;
  /** The file's and the workflow's names. */
  pipeline: readonly string[];
  targets: readonly Target[];
  /** The whole file. */
  lines: readonly string[];
}

/** What stands before a deployment, and what it takes from outside the repository: facts of jobs that deploy, none of any other. */
export function deploymentFindings(place: DeployingJob): Finding[] {
  const { job, pipeline, targets } = place;
  const name = textAt(job.value, 'name') ?? '';
  const deploys = [job.key, name].some(isDeploy) || (pipeline.some(isDeploy) && targets.some((each) => each !== CI));
  // What looks at a deployment once it is done deploys nothing.
  if (!deploys || job.value.kind !== 'map' || isCheck([job.key, name], [])) return [];
  const taken = [
    ...takenFrom(job.value),
    ...items(at(job.value, 'steps')).flatMap((step) => commandsOf(step, place.lines)),
  ];
  return targets.flatMap((target) =>
    // Whatever is published only, or cleaned up, goes to no environment.
    [...(target === CI ? [] : [gateOf(place)]), ...taken].map(
      ({ attribute, value, line }): Finding => ({
        surface: 'operations',
        subject: job.key,
        attribute,
        value,
        ...target,
        unit: job.key,
        line,
      }),
    ),
  );
}

interface Found {
  attribute: 'gate' | 'other-repository' | 'works-in' | 'applies-part' | 'rewrites';
  value: string;
  line: number;
}

/** Commands that run tests, by the tools' own words. */
const TESTS =
  /\b(?:pytest|tox|nox|rspec|phpunit|pest|jest|vitest|mocha|karma|cypress run|playwright test|ctest|(?:npm|pnpm|yarn|bun|make|just|rake|rails|mix|go|cargo|dotnet|deno|swift|sbt|lein|manage\.py|artisan|nx|turbo)(?:\s+run)?\s+(?:[\w:-]*[:-])?(?:test|tests|check|spec)\b|(?:mvnw?|gradlew?)\b[^\n]{0,120}\b(?:test|verify|check|build|install|package))/;
/** Tests that are left out on purpose: an input of a workflow, a flag of a build tool. */
const SKIPPING = /^(?:skip[-_]?tests?|no[-_]?tests?|tests?[-_]?skip)$/i;
const RUNNING = /^(?:run[-_]?tests?|with[-_]?tests?|tests?)$/i;
const SKIP_FLAG = /-DskipTests\b|-Dmaven\.test\.skip|(?:^|\s)-x\s+test\b|--skip-tests?\b|--no-tests?\b/;

/** `tests`, `skipped`, `elsewhere` (a workflow that the job needs is another repository's) or `none`, with the line that says it. */
function gateOf({ job, jobs, on, pipeline }: DeployingJob): Found {
  const before = withNeeds(job, jobs);
  const skipped = before.flatMap(skipOf);
  const [skip] = skipped;
  const uses = entries(job.value).find(({ key }) => key === 'uses');
  const needs = entries(job.value).find(({ key }) => key === 'needs');
  const line = needs?.line ?? uses?.line ?? job.line;
  if (before.some((each) => testsIn(each) && skipOf(each).length === 0))
    return { attribute: 'gate', value: 'tests', line };
  if (skip !== undefined) return { attribute: 'gate', value: 'skipped', line: skip };
  const after = items(at(on, 'workflow_run', 'workflows')).flatMap((each) => (each.kind === 'scalar' ? [each] : []));
  const [first] = after;
  if (first)
    return {
      attribute: 'gate',
      value: after.some((each) => speaksOfTests(each.text) || /\bci\b/i.test(each.text)) ? 'tests' : 'elsewhere',
      line: first.line,
    };
  // A workflow that only others call is gated by its caller.
  if (at(on, 'workflow_call') !== undefined && pipeline.length > 0 && entries(on).length === 1)
    return { attribute: 'gate', value: 'caller', line };
  const isOthers = before.some((each) => /^[^./][^@]*\/.*@/.test(textAt(each.value, 'uses') ?? ''));
  return { attribute: 'gate', value: isOthers ? 'elsewhere' : 'none', line };
}

/** A job and all that it needs, directly or not. */
function withNeeds(job: Entry, jobs: readonly Entry[], seen: ReadonlySet<string> = new Set()): Entry[] {
  if (seen.has(job.key)) return [];
  const names = items(at(job.value, 'needs')).flatMap((each) => (each.kind === 'scalar' ? [each.text] : []));
  const own = new Set([...seen, job.key]);
  return [job, ...jobs.filter((each) => names.includes(each.key)).flatMap((each) => withNeeds(each, jobs, own))];
}

function testsIn({ key, value }: Entry): boolean {
  const uses = textAt(value, 'uses');
  const called = uses?.startsWith('./') ? uses : '';
  if ([key, textAt(value, 'name') ?? '', called].some((each) => speaksOfTests(each) && !isDeploy(each))) return true;
  return items(at(value, 'steps')).some(
    (step) =>
      TESTS.test(textAt(step, 'run') ?? '') ||
      [textAt(step, 'uses') ?? '', textAt(step, 'name') ?? ''].some((each) => speaksOfTests(each) && !isDeploy(each)),
  );
}

/** The lines by which a job leaves tests out. */
function skipOf({ value }: Entry): number[] {
  const inputs = entries(at(value, 'with')).flatMap((input) => {
    const text = input.value.kind === 'scalar' ? input.value.text : '';
    return (SKIPPING.test(input.key) && text === 'true') || (RUNNING.test(input.key) && text === 'false')
      ? [input.line]
      : [];
  });
  const flags = items(at(value, 'steps')).flatMap((step) => {
    const run = entries(step).find(({ key }) => key === 'run');
    return run?.value.kind === 'scalar' && SKIP_FLAG.test(run.value.text) ? [run.line] : [];
  });
  return [...inputs, ...flags];
}

/** Inputs that name the folder with what is deployed. */
const FOLDER =
  /^(?:[\w-]*[-_])?(?:work(?:ing)?[-_]?dir(?:ectory)?|workdirectory|chart(?:[-_]?path)?|manifests?(?:[-_]?path)?|kustom\w*|helmfile|terraform[-_]?(?:dir|path|folder))$/i;

/** The repositories and folders that the steps of a job work on. */
function takenFrom(job: Tree): Found[] {
  return items(at(job, 'steps')).flatMap((step) => {
    const inputs = at(step, 'with');
    if (inputs === undefined) return [];
    return [...scalars(inputs)].flatMap(({ keys, line, scalar }): Found[] => {
      const key = keys.at(-1) ?? '';
      const text = scalar.text.trim();
      if (key === 'repository' && text !== '' && !/github\.repository\b/.test(text))
        return [{ attribute: 'other-repository', value: text, line }];
      const isPath = /^[\w.-]+(?:\/[\w.-]+)*\/?$/.test(text) && text !== '.';
      return FOLDER.test(key) && isPath ? [{ attribute: 'works-in', value: text.replace(/\/$/, ''), line }] : [];
    });
  });
}

/** `terraform apply -target=x`: what is left out stays as it was. */
const APPLIES = /\b(?:pulumi\s+up|(?:terraform|tofu|terragrunt)\s+(?:apply|plan))\b/;
const PART = /(?:^|\s)--?target(?:=|\s)/;
/** A file that a command changes where it stands. */
const REWRITES =
  /\b(?:yq|sed|perl|crudini)\s(?:[^|;&]*?\s)?-{1,2}(?:i|inplace|pi)\b[^|;&]*?\s([\w./-]+\.(?:ya?ml|json|tfvars|toml|env|properties|hcl))(?=\s|$)/;

/** What a step applies only in part, and the files that it changes before it uses them. */
function commandsOf(step: Tree, lines: readonly string[]): Found[] {
  const script = blockText(at(step, 'run'), lines);
  if (!script) return [];
  const own = script.text.split('\n');
  const from = own.findIndex((line) => APPLIES.test(line));
  const part = from < 0 ? -1 : own.findIndex((line, index) => index >= from && index < from + 8 && PART.test(line));
  return own.flatMap((text, index): Found[] => {
    const line = script.line + index;
    const file = REWRITES.exec(text)?.[1];
    return [
      ...(index === part
        ? [{ attribute: 'applies-part', value: APPLIES.exec(own[from] ?? '')?.[0] ?? '', line } as const]
        : []),
      ...(file === undefined ? [] : [{ attribute: 'rewrites', value: file, line } as const]),
    ];
  });
}
