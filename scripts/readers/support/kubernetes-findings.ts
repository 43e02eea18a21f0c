import vocabulary from '../../../resources/edge.json' with { type: 'json' };
import { effectiveEntries } from '../../syntax/effective-entries.ts';
import { at, items, scalars, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { applicationOfArgo, isOfArgo, placeOfArgo } from './argocd-findings.ts';
import { configFindings } from './config-findings.ts';
import { asClients, podFindings, workloadFindings } from './container-findings.ts';
import { customResourceFindings } from './custom-resource-findings.ts';
import { edgeFinding } from './edge-findings.ts';
import { kustomizationFindings } from './kustomization-findings.ts';
import { environmentOfObject } from './manifest-environment.ts';
import { literalName, objectName } from './manifest-name.ts';
import { naisFindings } from './nais-findings.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';
import { withParameters } from './template-parameters.ts';
import { traefikFindings } from './traefik-findings.ts';

type Where = Omit<Place, 'line'>;
type KindReader = (object: Tree, where: Where) => Finding[];

/** The deepest that lists of objects may hold lists of objects. */
const MAX_LISTS = 5;
const BUILT_IN =
  /^(?:v\d\w*|apps\/|batch\/|autoscaling\/|networking\.k8s\.io\/|policy\/|rbac\.|extensions\/|storage\.k8s\.io\/|[\w.]*openshift\.io\/)/;

/** Kinds that keep their pods running. */
const LONG_RUNNING = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'DeploymentConfig', 'Rollout']);
/** Kinds of objects whose containers end by themselves. */
const ENDS = new Set(['Job', 'CronJob']);

/** Annotations that say at which moment of an installation an object runs. */
const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];

/** What is told of one kind and of no other. Pods are found wherever they stand. */
const KINDS: { [kind: string]: KindReader } = {
  ConfigMap: (object, where) => configMapFindings(at(object, 'data'), where),
  Secret: (object, where) => [
    ...secretFindings(at(object, 'data'), where),
    ...secretFindings(at(object, 'stringData'), where),
    ...secretKeys(object, where),
  ],
  SealedSecret: (object, where) => secretFindings(at(object, 'spec', 'encryptedData'), where),
  ExternalSecret: (object, where) => externalSecretFindings(object, where),
  Ingress: (object, where) => [
    ...items(at(object, 'spec', 'rules')).flatMap((rule) => edge('host', at(rule, 'host'), where)),
    ...items(at(object, 'spec', 'tls')).flatMap((tls) => edge('tls', at(tls, 'secretName'), where)),
  ],
  Route: (object, where) => [
    ...edge('host', at(object, 'spec', 'host'), where),
    ...edge('tls', at(object, 'spec', 'tls', 'termination'), where),
    ...edge('insecure-traffic', at(object, 'spec', 'tls', 'insecureEdgeTerminationPolicy'), where),
    ...certificateOf(at(object, 'spec', 'tls'), where),
  ],
  HTTPRoute: (object, where) => items(at(object, 'spec', 'hostnames')).flatMap((host) => edge('host', host, where)),
  Service: (object, where) =>
    items(at(object, 'spec', 'ports')).flatMap((each) => operationsFindings('port', at(each, 'port'), where)),
  HorizontalPodAutoscaler: (object, where) => {
    const target = literalName(textAt(object, 'spec', 'scaleTargetRef', 'name')) || where.unit;
    return [
      ...operationsFindings('min-replicas', at(object, 'spec', 'minReplicas'), { ...where, unit: target }),
      ...operationsFindings('max-replicas', at(object, 'spec', 'maxReplicas'), { ...where, unit: target }),
    ];
  },
  CronJob: (object, where) => [
    ...operationsFindings('schedule', at(object, 'spec', 'schedule'), where),
    ...suspendFindings(at(object, 'spec', 'suspend'), where),
  ],
  NetworkPolicy: (object, where) => [
    ...networkPolicyFindings('access-inbound', at(object, 'spec', 'ingress'), where),
    ...networkPolicyFindings('access-outbound', at(object, 'spec', 'egress'), where),
  ],
  PodDisruptionBudget: (object, where) => [
    ...operationsFindings('min-available', at(object, 'spec', 'minAvailable'), where),
    ...operationsFindings('max-unavailable', at(object, 'spec', 'maxUnavailable'), where),
  ],
  ServiceMonitor: (object, where) => metricsFindings(at(object, 'spec', 'endpoints'), where),
  PodMonitor: (object, where) => metricsFindings(at(object, 'spec', 'podMetricsEndpoints'), where),
  Middleware: (object, where) => traefikFindings(at(object, 'spec') ?? object, where),
  IngressRoute: (object, where) =>
    items(at(object, 'spec', 'routes')).flatMap((route) => {
      const match = at(route, 'match');
      if (match?.kind !== 'scalar') return [];
      return [...match.text.matchAll(/Host\(`([^`]*)`\)/g)].flatMap(([, host]) =>
        operationsFindings('host', match, where, { text: host, surface: 'edge' }),
      );
    }),
};

/** Whether a document is an object of Kubernetes, or of an operator in it. */
export function isManifest(document: Tree): boolean {
  return textAt(document, 'kind') !== undefined && textAt(document, 'apiVersion') !== undefined;
}

/** What an object says in the environment of its file, or of its own namespace. `fallback` names it where its own name is computed. */
export function kubernetesFindings(object: Tree, ofFile: Where, fallback: string, depth = 0): Finding[] {
  const kind = textAt(object, 'kind') ?? '';
  const place = environmentOfObject(object, ofFile);
  if (isKustomization(object)) return kustomizationFindings(object, place, kubernetesFindings);
  if (isOfArgo(object)) return applicationOfArgo(object, placeOfArgo(object, ofFile));
  const objects = kind === 'Template' ? at(object, 'objects') : undefined;
  const inner = kind === 'List' ? at(object, 'items') : objects && withParameters(object, objects);
  if (inner && depth < MAX_LISTS) {
    return [
      ...items(at(object, 'parameters')).flatMap((each) => parameterFindings(each, place)),
      ...items(inner).flatMap((each) => kubernetesFindings(each, ofFile, fallback, depth + 1)),
    ];
  }
  const where = { ...place, unit: objectName(object, fallback) };
  const own = Object.hasOwn(KINDS, kind) ? (KINDS[kind]?.(object, where) ?? []) : [];
  const isCustom = !BUILT_IN.test(textAt(object, 'apiVersion') ?? '');
  return [
    ...own,
    ...naisFindings(object, where),
    ...annotationFindings(at(object, 'metadata', 'annotations'), where),
    ...HOOKS.flatMap((name) => operationsFindings('hook', at(object, 'metadata', 'annotations', name), where)),
    ...podsIn(object).flatMap((pod) => (ENDS.has(kind) ? asClients(podFindings(pod, where)) : podFindings(pod, where))),
    ...(LONG_RUNNING.has(kind) ? podsIn(object).flatMap((pod) => workloadFindings(pod, where, kind)) : []),
    ...(isCustom
      ? customResourceFindings(object, where)
      : operationsFindings('replicas', at(object, 'spec', 'replicas'), where)),
  ];
}

/** Every map with a list of containers: pods, templates of pods, and the pod specs of operators' resources. */
export function podsIn(node: Tree): Tree[] {
  const found: Tree[] = [];
  const pending: Tree[] = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'list') pending.push(...next.items.toReversed());
    if (next.kind !== 'map') continue;
    const containers = at(next, 'containers') ?? at(next, 'initContainers');
    if (containers?.kind === 'list') found.push(next);
    pending.push(
      ...effectiveEntries(next)
        .map((each) => each.value)
        .toReversed(),
    );
  }
  return found;
}

/** Whether a document is a kustomization, or a component of one. */
export function isKustomization(object: Tree): boolean {
  const kind = textAt(object, 'kind');
  return (
    kind === 'Kustomization' ||
    (kind === 'Component' && /^kustomize\.config\.k8s\.io\//.test(textAt(object, 'apiVersion') ?? ''))
  );
}

const ingress = new Map(Object.entries(vocabulary.ingress));

/** What annotations set of the server in front: `nginx.ingress.kubernetes.io/proxy-body-size`. */
function annotationFindings(annotations: Tree | undefined, where: Where): Finding[] {
  return effectiveEntries(annotations).flatMap(({ key, line, value }) => {
    const name = /^(?:nginx\.ingress\.kubernetes\.io|haproxy\.router\.openshift\.io|haproxy\.org)\/(.+)$/.exec(
      key,
    )?.[1];
    const subject = ingress.get((name ?? '').replace(/_/g, '-'));
    if (subject === undefined || value.kind !== 'scalar' || value.text === '') return [];
    return [edgeFinding(subject, value.text, { ...where, line })];
  });
}

/** Who is let in, or out: what each peer of a rule is told by, one line each; an empty rule lets everybody. */
/** A schedule that is set down but does not run says so in words: a bare `true` beside it would read as if it were on. */
function suspendFindings(node: Tree | undefined, where: Where): Finding[] {
  const text = node?.kind === 'scalar' && node.value === true ? 'suspended' : undefined;
  return operationsFindings('suspend', node, where, { text });
}

function networkPolicyFindings(subject: string, rules: Tree | undefined, where: Where): Finding[] {
  if (rules === undefined) return [];
  if (items(rules).length === 0) return [edgeFinding(subject, 'nobody', { ...where, line: rules.line })];
  return items(rules).flatMap((rule) => {
    const peers = [...items(at(rule, 'from')), ...items(at(rule, 'to'))];
    if (peers.length === 0) return [edgeFinding(subject, 'everybody', { ...where, line: rule.line })];
    return peers.flatMap((peer) =>
      [...scalars(peer)].flatMap(({ keys, line, scalar }) =>
        scalar.text === '' ? [] : [edgeFinding(subject, `${keys.at(-1)}=${scalar.text}`, { ...where, line })],
      ),
    );
  });
}

function metricsFindings(endpoints: Tree | undefined, where: Where): Finding[] {
  return items(endpoints).flatMap((each) =>
    operationsFindings('metrics', at(each, 'path') ?? at(each, 'port') ?? at(each, 'targetPort'), where),
  );
}

/** A parameter of a template: its default, or `null` where whoever processes the template gives it, or it is made up. */
function parameterFindings(parameter: Tree, where: Where): Finding[] {
  const name = at(parameter, 'name');
  if (name?.kind !== 'scalar' || name.text === '') return [];
  const value = at(parameter, 'value');
  const text = value?.kind === 'scalar' && value.value !== null ? value.text : null;
  const place = { ...where, line: text === null ? name.line : (value?.line ?? name.line) };
  return [findingAt(place, { surface: 'config', subject: name.text, attribute: 'parameter', value: text })];
}

/** That a route has a certificate of its own; a certificate without one is the cluster's. */
function certificateOf(tls: Tree | undefined, where: Where): Finding[] {
  const own = at(tls, 'certificate');
  if (own?.kind === 'scalar' && own.value !== null && own.text !== '' && where.unit) {
    const said = { surface: 'edge', subject: where.unit, attribute: 'certificate', value: null, secret: true } as const;
    return [findingAt({ ...where, line: own.line }, said)];
  }
  return edge('certificate', at(tls, 'externalCertificate', 'name'), where);
}

function edge(attribute: string, node: Tree | undefined, where: Where): Finding[] {
  return operationsFindings(attribute, node, where, { surface: 'edge' });
}

/** Keys are variables; what holds whole files (`nginx.conf`) is read only where the file is a list of variables. */
function configMapFindings(data: Tree | undefined, where: Where): Finding[] {
  return effectiveEntries(data).flatMap(({ key, line, value }) => {
    if (value.kind !== 'scalar') return [];
    if (/\.(?:env|properties)$|^\.env/.test(key)) return variablesOf(value.text, value.line, where);
    if (value.text.trimEnd().includes('\n') && !/^[A-Z_][A-Z0-9_]*$/.test(key)) return [];
    return configFindings(key, value.value === null ? '' : value, { ...where, line });
  });
}

function variablesOf(text: string, line: number, where: Where): Finding[] {
  return text.split('\n').flatMap((each, index) => {
    const [, key, value] = /^\s*([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(each) ?? [];
    return key === undefined ? [] : configFindings(key, value ?? '', { ...where, line: line + index + 1 });
  });
}

function secretFindings(data: Tree | undefined, where: Where): Finding[] {
  return effectiveEntries(data).map(({ key, line, value }) =>
    findingAt(
      { ...where, line },
      {
        surface: 'config',
        subject: key,
        attribute: 'value',
        value: value.kind === 'scalar' ? value.text : null,
        secret: true,
      },
    ),
  );
}

/** The keys of a secret that a manifest makes, as one list under its name as written; what is too long to be told says nothing. */
function secretKeys(object: Tree, where: Where): Finding[] {
  const name = at(object, 'metadata', 'name');
  const keys = ['data', 'stringData'].flatMap((part) => effectiveEntries(at(object, part)).map(({ key }) => key));
  const text = keys.join(' ');
  if (name?.kind !== 'scalar' || name.text === '' || keys.length === 0 || text.length > MAX_KEYS || text.includes('{{'))
    return [];
  const said = { surface: 'operations', subject: name.text, attribute: 'secret-keys', value: text } as const;
  return [findingAt({ ...where, line: name.line }, said)];
}

/** Of a longer value a part is cut off. */
const MAX_KEYS = 290;

function externalSecretFindings(object: Tree, where: Where): Finding[] {
  return items(at(object, 'spec', 'data')).flatMap((each) => {
    const key = at(each, 'secretKey');
    const remote = at(each, 'remoteRef', 'key');
    if (key?.kind !== 'scalar' || key.text === '') return [];
    const reference = remote?.kind === 'scalar' ? remote.text : null;
    const place = { ...where, line: remote?.line ?? key.line };
    return [
      findingAt(place, { surface: 'config', subject: key.text, attribute: 'secret-reference', value: reference }),
    ];
  });
}
