import { parseImage, subjectOfUrl } from '../../services/subject.ts';
import type { ScalarNode } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { isComputed, valuesReference } from './computed.ts';
import { findingAt, type Place } from './place.ts';

/**
 * What setting a config key says: its `value` (text as written; `null` for a null node and for what a template or workflow
 * computes), the chart value that a template takes it from (`values-reference`), and the `scheme` of the service whose URL it is.
 */
export function configFindings(key: string, value: ScalarNode | string | null, place: Place): Finding[] {
  if (key.trim() === '' || isComputed(key)) return [];
  const text = textOf(value);
  const subject = key.trim();
  const findings = [
    findingAt(place, {
      surface: 'config',
      subject,
      attribute: 'value',
      value: text === null || isComputed(text) || isSealed(text) ? null : text,
    }),
  ];
  if (text === null) return findings;
  const reference = valuesReference(text);
  if (reference) {
    findings.push(findingAt(place, { surface: 'config', subject, attribute: 'values-reference', value: reference }));
  }
  return [...findings, ...schemeFindings(subject, text, place), ...containerFindings(text, place)];
}

/** The container that a URL of Testcontainers starts: `jdbc:tc:postgresql:17.9:///shop`. */
function containerFindings(text: string, place: Place): Finding[] {
  const [, engine, tag] = /^["']?jdbc:tc:([a-z\d]{2,40})(?::([\w.-]{1,60}))?:\/\//.exec(text.trim()) ?? [];
  if (engine === undefined) return [];
  const image = tag === undefined ? engine : `${engine}:${tag}`;
  const { known, version } = parseImage(image);
  if (!known) return [];
  const told = [findingAt(place, { ...known, attribute: 'image', value: image })];
  return version === undefined ? told : [...told, findingAt(place, { ...known, attribute: 'version', value: version })];
}

/** The `scheme` of the service that a config value points to, if it is such a URL. */
export function schemeFindings(key: string, text: string, place: Place): Finding[] {
  const url = subjectOfUrl(fillIn(text));
  // `file:` is SQLite only where a database is meant; elsewhere it is a file.
  if (!url || (url.scheme === 'file' && !/database|sqlite|libsql|(?:^|[^a-z])db(?:[^a-z]|$)/i.test(key))) return [];
  const { scheme, ...subject } = url;
  return [findingAt(place, { ...subject, attribute: 'scheme', value: scheme })];
}

/** What SOPS or eyaml has encrypted stands in the file, and nobody can read it there. */
function isSealed(text: string): boolean {
  return /^ENC\[(?:AES256_GCM|PKCS7|GPG)\b/.test(text);
}

function textOf(value: ScalarNode | string | null): string | null {
  if (value === null || typeof value === 'string') return value;
  return value.value === null ? null : value.text;
}

/** Defaults in place of the variables that have one, a path in place of the others: `file:$DB_PATH` is a URL too. */
function fillIn(text: string): string {
  return text.replace(/\$\{[A-Za-z_]\w*:?[-=]([^{}]*)\}/g, '$1').replace(/\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*/g, '/x');
}
