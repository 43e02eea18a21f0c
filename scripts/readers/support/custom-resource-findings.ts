import { parseImage, type Subject, subjectNamed } from '../../services/subject.ts';
import { at, scalars, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { imageFindings } from './image-findings.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';
import { isVersion, subjectOfVersionKey } from './version-key.ts';

type Where = Omit<Place, 'line'>;

/** Parts of a resource that hold settings of pods and of scheduling, and no engine. */
const APART = new Set([
  'metadata',
  'status',
  'affinity',
  'tolerations',
  'containers',
  'initContainers',
  'labels',
  'annotations',
]);
const CRON = /^(?:@(?:hourly|daily|midnight|weekly|monthly|yearly|annually|every \S+)|\S+(?:\s+\S+){4,5})$/;

/**
 * What a resource of an operator says: versions of engines (`postgresVersion: 16`, `version` below a kind or key that names
 * one), known images, replicas of the part they stand in, schedules, and parameters of the engine
 * under their own names.
 */
export function customResourceFindings(object: Tree, where: Where): Finding[] {
  const kind = subjectOfKind(textAt(object, 'kind') ?? '');
  const spec = at(object, 'spec');
  if (!spec) return [];
  // Applications of nais have a reader of their own.
  const isTold = where.environment === 'shared' || textAt(object, 'apiVersion')?.startsWith('nais.io/');
  const settings = isTold ? [] : settingFindings(textAt(object, 'kind') ?? '', spec, where);
  const told = [...scalars(spec)].flatMap(({ keys, line, scalar }): Finding[] => {
    const key = keys.at(-1) ?? '';
    if (scalar.value === null || keys.some((each) => APART.has(each))) return [];
    const place = { ...where, line };
    const part = keys.slice(0, -1).findLast((each) => !/^\d+$/.test(each) && subjectNamed(each));
    const subject = part === undefined ? kind : subjectNamed(part);
    if (/^image(?:Name)?$/.test(key)) return parseImage(scalar.text).known ? imageFindings(scalar.text, place) : [];
    if (key === 'replicas') {
      const node = { ...scalar, line };
      return operationsFindings(
        'replicas',
        node,
        part === undefined ? where : { ...where, unit: subject?.subject ?? part },
      );
    }
    if (keys.some((each) => /schedule/i.test(each)) && CRON.test(scalar.text)) {
      return operationsFindings('schedule', { ...scalar, line }, where);
    }
    if (isParameter(keys) && subject?.surface === 'services') {
      return [findingAt(place, { ...subject, attribute: key, value: scalar.text })];
    }
    return isVersion(scalar.text)
      ? versionFindings(key, scalar.text, subject, keys.length, part !== undefined, place)
      : [];
  });
  return [...settings, ...told];
}

/** Settings are told so deep, and so many of them, at most. */
const MAX_DEPTH = 3;
const MAX_SETTINGS = 40;

/** What a resource of one environment sets by name, for its twin of another environment to be compared with: `Topic.config.retentionHours`. */
function settingFindings(kind: string, spec: Tree, where: Where): Finding[] {
  return [...scalars(spec)]
    .filter(
      ({ keys, scalar }) =>
        scalar.value !== null && keys.length <= MAX_DEPTH && !keys.some((key) => /^\d+$/.test(key) || APART.has(key)),
    )
    .slice(0, MAX_SETTINGS)
    .map(({ keys, line, scalar }) =>
      findingAt(
        { ...where, line },
        { surface: 'operations', subject: [kind, ...keys].join('.'), attribute: 'setting', value: scalar.text },
      ),
    );
}

/** A setting that an operator hands to the engine as it is: below `parameters`, or PgBouncer's `config.global`. */
function isParameter(keys: readonly string[]): boolean {
  const [section, above] = [keys.at(-2), keys.at(-3)];
  return section === 'parameters' || (section === 'global' && above === 'config');
}

function versionFindings(
  key: string,
  text: string,
  subject: Subject | undefined,
  depth: number,
  isNamedPart: boolean,
  place: Place,
): Finding[] {
  // A bare `version` deeper down is of something that neither kind nor key names.
  const bare = key === 'version' && (depth === 1 || isNamedPart) ? subject : undefined;
  const found = bare ?? subjectOfVersionKey(key);
  return found ? [findingAt(place, { ...found, attribute: 'version', value: text })] : [];
}

/** `PostgresCluster` is of `postgres`, `MongoDBCommunity` of `mongodb`: the longest start of the kind that names a subject. */
function subjectOfKind(kind: string): Subject | undefined {
  const words = kind.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  for (let length = words.length; length > 0; length -= 1) {
    const found = subjectNamed(words.slice(0, length).join(''));
    if (found) return found;
  }
  return undefined;
}
