import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Fact } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** What workflows of another repository do that test, build or deploy the application. */
export const sharedWorkflows: QuestionRule = {
  name: 'shared-workflows',
  asks: 'Which services, versions and steps a workflow of another repository runs that tests, builds or deploys the application.',
  weight: 46,
  find({ matrix }) {
    const called = matrix
      .rowsOf('uses')
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.isPipeline(fact) && SHARED.test(String(fact.value)) && kindOf(fact) < KINDS.length)
      .filter((fact) => !BESIDE.test(fact.evidence.path))
      .sort((a, b) => kindOf(a) - kindOf(b));
    const repositories = [...new Set(called.map(repositoryOf))];
    return repositories.slice(0, 1).map((repository) => {
      const own = called.filter((fact) => repositoryOf(fact) === repository);
      const files = [...new Set(own.map((fact) => SHARED.exec(String(fact.value))?.[2] ?? ''))];
      return {
        id: `shared-workflows:${repository}`,
        surface: 'operations' as const,
        subject: repository.split('/').at(-1) ?? repository,
        ask: `Which services and versions do ${namesInShort(files)} of ${repository} test against, and what do they build and deploy with? What CI does stands there, ${isMoving(own) ? 'at a branch that moves' : 'outside this repository'}.`,
        because: onePerLine(own.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Name what they run, at a pinned revision',
            effect:
              'CI’s versions become evidence, and are held against production’s; a change there becomes a change here.',
            recommended: true as const,
          },
          {
            label: 'Leave them out: CI is no evidence for this application',
            effect: 'The contract claims nothing of CI, and the guards of the skill run in a workflow of its own.',
          },
        ],
        settles: 'What CI proves about production.',
      };
    });
  },
};

const SHARED = /^([\w.-]+\/[\w.-]+)\/\.github\/workflows\/([\w.-]+?)\.ya?ml@(.+)$/;
/** Workflows that look at the program and neither build nor test it. */
const BESIDE = /security|veracode|scan|sonar|codeql|audit/i;
/** In the order of what they tell; a linter and a notifier tell nothing of production. */
const KINDS = [/test|spec|pact|e2e|laravel|django|rails|verify/i, /build|image|docker|publish/i, /deploy/i];

function kindOf(fact: Fact): number {
  const file = SHARED.exec(String(fact.value))?.[2] ?? '';
  const at = KINDS.findIndex((kind) => kind.test(file) && !/lint|scan|codeql|review|notify|validate/i.test(file));
  const byJob = KINDS.findIndex(
    (kind) => kind.test(fact.subject) && !/lint|scan|codeql|review|notify|validate/i.test(file),
  );
  return at >= 0 ? at : byJob >= 0 ? byJob : KINDS.length;
}

function repositoryOf(fact: Fact): string {
  return SHARED.exec(String(fact.value))?.[1] ?? '';
}

function isMoving(called: readonly Fact[]): boolean {
  return called.some((fact) => /^(?:main|master|develop|trunk|HEAD)$/.test(SHARED.exec(String(fact.value))?.[3] ?? ''));
}
