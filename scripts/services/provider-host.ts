import vocabulary from '../../resources/provider-hosts.json' with { type: 'json' };
import type { Surface } from '../model.ts';
import type { Subject } from './subject.ts';
import { isThisMachine } from './this-machine.ts';

const known = Object.entries(vocabulary.providers)
  .flatMap(([subject, { surface, hosts }]) =>
    hosts.map((host) => ({ host, subject: { subject, surface: surface as Surface } })),
  )
  .sort((a, b) => b.host.length - a.host.length);

/** Every host of the vocabulary. */
export const knownHosts: readonly string[] = known.map((each) => each.host);

/** Addresses of a network of one's own, and names that belong to nobody. */
const NOBODYS =
  /^(?:10\.|192\.168\.)|(?:^|\.)(?:local|test|example|invalid|internal)$|(?:^|\.)example\.(?:com|org|net)$/;

/** The host, and the path, that a URL names: `api.stripe.com/v1`; `undefined` for a text without one, and for this machine itself. */
export function hostOf(text: string): string | undefined {
  const found =
    /^(?:https?:)?\/\/([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})(?::\d{1,5})?(?=[/?#:]|$)(\/[\w./-]{0,60})?/i.exec(
      text,
    );
  const host = found?.[1]?.toLowerCase();
  if (host === undefined || isThisMachine(host) || NOBODYS.test(host)) return undefined;
  return `${host}${found?.[2] ?? ''}`;
}

/** Whose a host is; `undefined` where the vocabulary does not know. */
export function providerOf(host: string): Subject | undefined {
  const bare = host.toLowerCase();
  return known.find(
    (each) => bare === each.host || bare.startsWith(`${each.host}/`) || bare.split('/')[0]?.endsWith(`.${each.host}`),
  )?.subject;
}

/** Whether a subject is a provider of the vocabulary: `stripe`. */
export function isProvider(subject: string): boolean {
  return Object.hasOwn(vocabulary.providers, subject);
}
