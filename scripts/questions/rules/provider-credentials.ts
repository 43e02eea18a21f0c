import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Evidence, Question, Surface } from '../../model.ts';
import { type ExternalSystem, externalSystems, type SystemKind } from '../external-systems.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

const NAME = 'provider-credentials';

/** Which accounts with systems of others each deployed environment has, where no file says whether production's are its own. */
export const providerCredentials: QuestionRule = {
  name: NAME,
  asks: 'Which account with a mail, sign-in, payment or other provider production uses, and whether another environment reaches real people through it, where files only name the keys.',
  weight: 66,
  lighter: ({ id }) => KINDS.find((each) => id.startsWith(`${NAME}:${each.kind}:`))?.lighter ?? 0,
  find({ matrix }) {
    const deployed = matrix.environments.some((each) => ['staging', 'preview'].includes(each.class));
    const open = externalSystems(matrix).filter(
      (each) => each.inProduction === 'unset' || (each.inProduction === 'shared' && deployed),
    );
    return KINDS.flatMap((kind) => {
      const own = open.filter((each) => each.kind === kind.kind);
      // Whoever knows of one that no file sets knows of all; what is set for all alike is the graver.
      const shared = own.filter((each) => each.inProduction === 'shared');
      const asked = shared.length > 0 ? shared : own;
      return asked.length > 0 ? [questionFor(matrix, kind, asked)] : [];
    });
  },
};

interface Kind {
  kind: SystemKind;
  /** What a question about it weighs less than one about mail. */
  lighter: number;
  surface: Surface;
  /** Of keys that no file sets where it is deployed, and of those that every deployed environment gets by one line. */
  unset: string;
  shared: string;
  apart: string;
  together: { label: string; effect: string };
}

/** In the order of what a mistake costs. */
const KINDS: readonly Kind[] = [
  {
    kind: 'mail',
    lighter: 0,
    surface: 'providers',
    unset: 'Through which account does production send, and can another environment reach real recipients?',
    shared: 'Can what another environment sends reach real recipients?',
    apart: 'Production sends through its own account; elsewhere messages are caught, or reach listed people only',
    together: { label: 'One account for all', effect: 'A difference to mend: what a test sends reaches real people.' },
  },
  {
    kind: 'sign-in',
    lighter: 4,
    surface: 'identity',
    unset: 'With which client, pool or realm does production sign people in, and has each other environment its own?',
    shared: 'Does each environment sign people in with a client, pool or realm of its own?',
    apart: 'Each has its own: name the clients',
    together: {
      label: 'One for all, or for several',
      effect: 'A difference to mend: a session or a redirect of a test environment is worth something in production.',
    },
  },
  {
    kind: 'payment',
    lighter: 4,
    surface: 'providers',
    unset: 'Which account takes the payments of production, and do the others have test accounts?',
    shared: 'Do the other environments have test accounts for payments?',
    apart: 'Production has a live account, every other environment a test account',
    together: { label: 'One account for all', effect: 'A difference to mend: a test moves real money.' },
  },
  {
    kind: 'other',
    lighter: 14,
    surface: 'providers',
    unset: 'Does production have accounts of its own, and do the others use others?',
    shared: 'Does each deployed environment have an account of its own, or do the others work on production’s data?',
    apart: 'Production has its own, the others another or a sandbox',
    together: {
      label: 'One account for all, or for several',
      effect: 'A registered difference: what keeps trial data apart becomes its guard.',
    },
  },
  {
    kind: 'model',
    lighter: 18,
    surface: 'providers',
    unset: 'Which provider and model does production use?',
    shared: 'Does each environment use the provider and model of production?',
    apart: 'Name the provider and the model of production; the others use the same',
    together: { label: 'The others use another model', effect: 'A registered difference: results are not comparable.' },
  },
  {
    kind: 'telemetry',
    lighter: 26,
    surface: 'operations',
    unset: 'Is it on in production, with which project and sample rate?',
    shared: 'Does each environment report to a project, or under a name, of its own?',
    apart: 'On in production; name the project, and how the others are told apart',
    together: { label: 'One project for all, not told apart', effect: 'An alert cannot tell what production did.' },
  },
];

function questionFor(matrix: Matrix, kind: Kind, systems: readonly ExternalSystem[]): Question {
  const [first] = systems;
  const isShared = first?.inProduction === 'shared';
  const keys = namesInShort(systems.map((each) => each.keys[0] ?? each.name));
  const subject = systems.length === 1 ? (first?.name ?? kind.kind) : kind.kind === 'other' ? 'providers' : kind.kind;
  return {
    id: `${NAME}:${kind.kind}:${subject}`,
    surface: kind.surface,
    subject,
    ask: `${keys}: ${isShared ? kind.shared : kind.unset} ${isShared ? 'One line gives the key to every deployed environment; the account behind it is in no file.' : 'No file sets the key where the program is deployed.'}`,
    because: linesOf(matrix, systems),
    options: [
      {
        label: kind.apart,
        effect: `${keys} become required where the program is deployed; where one is missing the program must refuse to start.`,
        recommended: true,
      },
      kind.together,
      {
        label: 'Production does not use it, or not all of it',
        effect: `The contract says which, and what the program does without ${keys} is its production behaviour.`,
      },
    ],
    settles: `The production behaviour of ${namesInShort(systems.map((each) => each.name))}.`,
  };
}

/** The telling lines of every system, those that hand the key over first; the first of each before a second of one. */
function linesOf(matrix: Matrix, systems: readonly ExternalSystem[]): Evidence[] {
  const each = systems.map(({ facts }) => {
    const handed = facts.filter((fact) => ['secret-reference', 'values-reference'].includes(fact.attribute));
    const rest = facts.filter((fact) => !handed.includes(fact) && matrix.classOf(fact) === undefined);
    return onePerLine([...handed, ...rest].map((fact) => fact.evidence));
  });
  const most = Math.max(0, ...each.map((lines) => lines.length));
  return Array.from({ length: most }, (_, index) => each.flatMap((lines) => lines[index] ?? []))
    .flat()
    .slice(0, MAX_BECAUSE);
}
