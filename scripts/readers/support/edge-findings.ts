import vocabulary from '../../../resources/edge.json' with { type: 'json' };
import type { Finding } from '../reader.ts';
import { isComputed } from './computed.ts';
import { environmentOfManifest } from './manifest-environment.ts';
import { findingAt, type Place } from './place.ts';
import { environmentOfRunFile } from './run-file-environment.ts';

const headers = new Set(vocabulary.headers);
/** Below these folders a server's configuration is deployed; elsewhere `dev` is a developer's machine. */
const DEPLOYS = /(?:^|\/)(?:k8s|kubernetes|helm|charts?|terraform|infra\w*|deploy\w*|ansible|roles|openshift|ops)\//i;

/** What a server in front of the application is set to: `edge`, a subject of `resources/edge.json`, its `value`. */
export function edgeFinding(subject: string, value: string, place: Place): Finding {
  const isWhollyComputed = isComputed(value) && value.replace(/\{{2,3}[^{}]*\}{2,3}|<%[^%]*%>/g, '').trim() === '';
  return findingAt(place, {
    surface: 'edge',
    subject,
    attribute: 'value',
    value: isWhollyComputed ? null : value.trim(),
  });
}

/** A response header that is set; none for a header that the vocabulary does not name. */
export function headerFindings(name: string, value: string, place: Place): Finding[] {
  const subject = name.trim().toLowerCase().replace(/:$/, '');
  return headers.has(subject) ? [edgeFinding(subject, value, place)] : [];
}

/** The environment of a server's configuration, by its path. */
export function environmentOfEdge(path: string): Omit<Place, 'line'> {
  if (DEPLOYS.test(path)) return environmentOfManifest(path);
  return environmentOfRunFile(path) ?? { environment: 'shared' };
}
