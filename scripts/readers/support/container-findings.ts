import { effectiveEntries } from '../../syntax/effective-entries.ts';
import { at, items, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { commandText } from './command-text.ts';
import { dutyFindings } from './duty-findings.ts';
import { envListFindings } from './env-list-findings.ts';
import { imageFindings } from './image-findings.ts';
import { literalName } from './manifest-name.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';

type Where = Omit<Place, 'line'>;

/** What the containers of a pod say. One container alone is the workload; several are told apart by their own names. */
export function podFindings(pod: Tree, where: Where): Finding[] {
  const main = items(at(pod, 'containers'));
  const helpers = [...items(at(pod, 'initContainers')), ...items(at(pod, 'ephemeralContainers'))];
  const own = (container: Tree) => literalName(textAt(container, 'name')) || where.unit;
  return [
    ...main.flatMap((each) => containerFindings(each, { ...where, unit: main.length === 1 ? where.unit : own(each) })),
    ...helpers.flatMap((each) => asClients(containerFindings(each, { ...where, unit: own(each) }))),
    ...(main.length === 0 ? [] : userFindings(at(pod, 'securityContext'), where)),
  ];
}

/** What runs once and ends speaks to a store, and is none: of `postgres:14` it takes `pg_dump`. */
export function asClients(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((each) => {
    if (each.surface !== 'services') return [each];
    return each.attribute === 'image' ? [{ ...each, attribute: 'client' }] : each.attribute === 'version' ? [] : [each];
  });
}

/** Containers that run until somebody stops them, with the kind of object that keeps them running. */
export function workloadFindings(pod: Tree, where: Where, kind: string): Finding[] {
  const main = items(at(pod, 'containers'));
  return main.flatMap((each): Finding[] => {
    const unit = main.length === 1 ? where.unit : literalName(textAt(each, 'name')) || where.unit;
    if (unit === undefined || each.kind !== 'map') return [];
    const line = (at(each, 'image') ?? each).line;
    return [
      findingAt({ ...where, unit, line }, { surface: 'operations', subject: unit, attribute: 'workload', value: kind }),
    ];
  });
}

/** What one container says: image, variables, command, probes, ports, user. */
export function containerFindings(container: Tree, where: Where): Finding[] {
  if (container.kind !== 'map') return [];
  const image = at(container, 'image');
  const command = at(container, 'command') ?? at(container, 'args');
  const words = [commandText(at(container, 'command')), commandText(at(container, 'args'))];
  const text = words.filter((part) => part !== undefined).join(' ');
  return [
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...where, line: image.line }) : []),
    ...envListFindings(at(container, 'env'), where),
    ...items(at(container, 'envFrom')).flatMap((each) => envFromFindings(each, where)),
    ...operationsFindings('process', command, where, { text }),
    ...(command ? dutiesOfContainer(text, command, where) : []),
    ...PROBES.flatMap((probe) => probeFindings(at(container, `${probe}Probe`), where)),
    ...PROBES.flatMap((probe) => probeNamed(container, probe, where)),
    ...items(at(container, 'ports')).flatMap((each) => operationsFindings('port', at(each, 'containerPort'), where)),
    ...userFindings(at(container, 'securityContext'), where),
    ...resourceFindings(at(container, 'resources'), where),
  ];
}

/** What a container does to data: its command in words, or the script that it hands to a shell, told where the command begins. */
function dutiesOfContainer(text: string, command: Tree, where: Where): Finding[] {
  const script = /^(?:\S*\/)?(?:ba|da|z|a)?sh (?:-\w+ )*-\w*c (.+)$/s.exec(text)?.[1];
  const found = dutyFindings(script ?? text, 1, where).map((each) => ({ ...each, line: command.line }));
  const told = new Set<string>();
  return found.filter(({ subject }) => subject !== 'server' && !told.has(subject) && told.add(subject) !== undefined);
}

/** The bounds of memory and processor that a container asks for and may take. */
export function resourceFindings(resources: Tree | undefined, where: Where): Finding[] {
  return [
    ...operationsFindings('memory-limit', at(resources, 'limits', 'memory'), where),
    ...operationsFindings('cpu-limit', at(resources, 'limits', 'cpu'), where),
    ...operationsFindings('memory-request', at(resources, 'requests', 'memory'), where),
    ...operationsFindings('cpu-request', at(resources, 'requests', 'cpu'), where),
  ];
}

function envFromFindings(source: Tree, where: Where): Finding[] {
  return [
    ...operationsFindings('env-from', at(source, 'configMapRef', 'name'), where),
    ...operationsFindings('env-from', at(source, 'secretRef', 'name'), where),
  ];
}

const PROBES = ['startup', 'readiness', 'liveness'];

/** That a container has a probe, on the line of its key, whatever fills it in. */
function probeNamed(container: Tree, probe: string, where: Where): Finding[] {
  const found = effectiveEntries(container).find(({ key }) => key === `${probe}Probe`);
  if (!found || !where.unit) return [];
  const said = { surface: 'operations', subject: where.unit, attribute: 'probe', value: probe } as const;
  return [findingAt({ ...where, line: found.line }, said)];
}

function probeFindings(probe: Tree | undefined, where: Where): Finding[] {
  const command = at(probe, 'exec', 'command');
  return [
    ...operationsFindings('healthcheck', at(probe, 'httpGet', 'path'), where),
    ...operationsFindings('healthcheck', at(probe, 'tcpSocket', 'port'), where),
    ...operationsFindings('healthcheck', at(probe, 'grpc', 'port'), where),
    ...operationsFindings('probe-port', at(probe, 'httpGet', 'port') ?? at(probe, 'tcpSocket', 'port'), where),
    ...operationsFindings('healthcheck', command, where, { text: commandText(command) ?? '' }),
  ];
}

function userFindings(context: Tree | undefined, where: Where): Finding[] {
  const user = at(context, 'runAsUser');
  if (user) return operationsFindings('user', user, where);
  const nonRoot = at(context, 'runAsNonRoot');
  return textAt(context, 'runAsNonRoot') === 'true'
    ? operationsFindings('user', nonRoot, where, { text: 'non-root' })
    : [];
}
