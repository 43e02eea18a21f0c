import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import type { Fact } from '../../model.ts';
import { kindOf } from '../../services/subject.ts';
import { wordsOf } from '../../services/topic.ts';
import { connectionOf } from '../connection-of-service.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Where backups of data are kept that the application runs a server or a file for itself, and who has restored one. */
export const dataBackup: QuestionRule = {
  name: 'data-backup',
  asks: 'How production’s data are backed up, where backups are kept and when one was last restored, where the application runs its database itself.',
  weight: 50,
  find({ matrix }) {
    const jobs = backupJobs(matrix);
    const stores = ownStores(matrix);
    const [first] = [...jobs, ...stores];
    if (!first) return [];
    const name = jobs.length > 0 ? unitOf(first) : first.subject;
    return [
      {
        id: `data-backup:${name}`,
        surface: 'data',
        subject: name,
        ask:
          jobs.length > 0
            ? `Where are the backups that ${name} makes kept besides the place that it writes to, for how long, and when was one last restored?`
            : `How are the data of ${name} in production backed up, where are backups kept, and when was one last restored? No file does it.`,
        because: onePerLine([...jobs, ...stores].map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Outside the platform that holds the data: say where, how often and who restores',
            effect: 'The contract states it, and a restore into another environment becomes its guard.',
            recommended: true,
          },
          {
            label: 'Beside the data only',
            effect: 'It stands among the open risks: what loses the data loses its backups.',
          },
          {
            label: 'Not at all: the data can be made again',
            effect: 'The contract states from what, and migrations may be tried without a way back.',
          },
        ],
        settles: 'What becomes of production’s data when a migration or a machine fails.',
      },
    ];
  },
};

/** What makes backups where it is deployed; what restores or tries one is no backup. */
function backupJobs(matrix: Matrix): Fact[] {
  return matrix
    .rowsOf('schedule', 'process', 'volume')
    .flatMap((row) => row.facts)
    .filter((fact) => {
      const words = wordsOf(unitOf(fact));
      return (
        matrix.classesOf(fact).includes('production') &&
        !matrix.isPipeline(fact) &&
        words.some((word) => word === 'backup' || word === 'backups') &&
        !words.some((word) => ['restore', 'test', 'timestamp', 'init', 'deploy'].includes(word))
      );
    });
}

/** `database-backup` of `shop-${ZONE}-database-backup`. */
function unitOf({ unit, subject }: Fact): string {
  return (unit ?? subject).replace(/^.*(?:\}\}?|\))-?(?=\w)/, '');
}

const HELD = new Set(['relational database']);
const MANIFESTS = new Set(['kubernetes', 'helm-template', 'kamal', 'nomad', 'litefs', 'fly']);

/** Databases that run in a manifest of the application's own in production, or lie on its volume as a file. */
function ownStores(matrix: Matrix): Fact[] {
  const servers = matrix
    .rowsOf('image')
    .filter((row) => HELD.has(kindOf(row.subject) ?? '') || row.subject === 'mongodb')
    // A server that a secret leads to is kept by somebody else, whatever a template may run beside it.
    .filter((row) => connectionOf(matrix, row.subject).given.every((fact) => fact.attribute !== 'secret-reference'))
    .flatMap((row) => row.facts)
    .filter(
      (fact) => MANIFESTS.has(fact.reader) && matrix.classesOf(fact).includes('production') && keepsData(matrix, fact),
    );
  if (servers.length > 0) return servers;
  const volumes = matrix
    .rowsOf('volume')
    .flatMap((row) => row.facts)
    .filter((fact) => MANIFESTS.has(fact.reader) && matrix.classesOf(fact).includes('production'));
  const files = ['journal-mode', 'engine', 'scheme', 'data-statement'].flatMap((attribute) =>
    matrix
      .factsOf('sqlite', attribute)
      .filter((fact) => matrix.classesOf(fact).includes('production') && fact.reader !== 'javascript'),
  );
  return volumes.length > 0 && files.length > 0 ? [...files.slice(0, 1), ...volumes, ...files.slice(1)] : [];
}

/** A server of its own, and not a job that only speaks with one. */
function keepsData(matrix: Matrix, { unit, evidence }: Fact): boolean {
  const beside = (attribute: string): boolean =>
    matrix
      .rowsOf(attribute)
      .some((row) => row.facts.some((fact) => fact.unit === unit && fact.evidence.path === evidence.path));
  return !beside('schedule') && !beside('suspend') && (beside('replicas') || beside('volume'));
}
