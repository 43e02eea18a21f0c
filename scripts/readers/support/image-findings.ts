import { parseImage } from '../../services/subject.ts';
import type { Finding } from '../reader.ts';
import { isComputed } from './computed.ts';
import { findingAt, type Place } from './place.ts';

/** References that registries take are shorter, template actions included. */
const MAX_REFERENCE = 1000;

/** Words of tags that move from version to version on their own. */
const MOVING = /^(?:lts|latest|current|stable|edge|nightly|canary|mainline)(?=$|-)/;

/**
 * What an image reference says: `image` and, where its tag tells, `version` of the service or runtime that it is.
 * An unknown image is `operations`, of the unit, or of its own last name where there is no unit. A reference that is
 * computed as a whole has the value `null`; of one that is computed in part, the text stays.
 */
export function imageFindings(reference: string, place: Place): Finding[] {
  const text = reference.trim();
  if (text === '' || text.length > MAX_REFERENCE) return [];
  const { known, version, tag, repository, standIn } = parseImage(text);
  if (known) {
    const image = findingAt(place, { ...known, attribute: 'image', value: text });
    const moving = known.surface === 'runtime' && tag !== undefined ? MOVING.exec(tag)?.[0] : undefined;
    const told = version ?? moving;
    return told && !standIn ? [findingAt(place, { ...known, attribute: 'version', value: told }), image] : [image];
  }
  const ownName = repository.split('/').findLast((part) => /^[\w.-]+$/.test(part));
  const subject = place.unit || ownName;
  if (!subject) return [];
  return [
    findingAt(place, { surface: 'operations', subject, attribute: 'image', value: hasLiteralName(text) ? text : null }),
  ];
}

/** Whether anything but registry variables, template actions and punctuation is left of a reference. */
function hasLiteralName(text: string): boolean {
  if (!isComputed(text) && !text.includes('$')) return true;
  const literal = text
    .replace(/\$?\{\{.*?\}\}|<%.*?%>/g, '')
    .replace(/\$\{[A-Za-z_]\w*:?[-=]([^}]*)\}/g, '$1')
    .replace(/\$\{[^}]*\}|\$\w+/g, '');
  return /[A-Za-z]/.test(literal);
}
