import { subjectNamed } from '../services/subject.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { type CommandLine, commandsOf, isPipelineFile } from './support/command-lines.ts';
import { findingAt } from './support/place.ts';

const WANTED =
  /\bcompose\b.*\bup\b|\bsystemctl\b|\bservice\s+\S+\s+start\b|\bbrew services\b|\bskaffold\b|\btilt\b|\bkubectl\b|\bhelm\b|\bkustomize\b/;
const COMPOSE = /^(?:docker[ -]compose|podman[ -]compose)\b(.*?)\sup\b(.*)/;
const MANIFESTS =
  /^(?:skaffold (?:run|dev|deploy)|tilt (?:up|ci)|kubectl (?:apply|create) (?:-\S+ )*(?:-[fk]|--filename|--kustomize)\b|helm (?:install|upgrade))\b/;
const SERVICE =
  /^(?:systemctl (?:enable --now|start|restart)|brew services (?:start|run)) (\S+)|^service (\S+) (?:start|restart)\b/;

export const startedServices: Reader = {
  name: 'started-services',
  reads:
    'commands of pipelines that start services: `docker compose up`, `systemctl start`, `skaffold run`, `kubectl apply`',
  reach: EVERYWHERE,
  pipeline: true,
  source: true,
  matches: isPipelineFile,
  read({ path, text }) {
    const findings = commandsOf(path, text, WANTED).flatMap(startFindings);
    return findings.length > 0 ? { findings } : null;
  },
};

function startFindings(command: CommandLine): Finding[] {
  const text = command.text.replace(/^sudo\s+/, '');
  const starts = (subject: string, surface: Finding['surface'], value: string) => [
    findingAt(command.place, { surface, subject, attribute: 'starts', value }),
  ];
  const compose = COMPOSE.exec(text);
  if (compose) {
    const files = [...(compose[1] ?? '').matchAll(/\s(?:-f|--file)[ =](\S+)/g)].map((match) => match[1] ?? '');
    return [
      ...starts('compose', 'operations', files.join(' ')),
      ...servicesNamed(compose[2] ?? '').flatMap(({ subject, surface }) => starts(subject, surface, text)),
    ];
  }
  const manifests = MANIFESTS.exec(text)?.[0];
  if (manifests !== undefined) return starts('manifests', 'operations', manifests);
  const [, first, second] = SERVICE.exec(text) ?? [];
  const known = subjectNamed((first ?? second ?? '').replace(/\.service$|@.*$|-server$/g, ''));
  return known ? starts(known.subject, known.surface, text) : [];
}

/** The known services among the names that `up` is given. */
function servicesNamed(words: string): { subject: string; surface: Finding['surface'] }[] {
  return words
    .split(/[;&|]/, 1)
    .flatMap((own) => own.split(/\s+/))
    .filter((word) => /^\w/.test(word))
    .flatMap((word) => subjectNamed(word) ?? []);
}
