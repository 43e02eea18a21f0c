import { basename } from 'node:path/posix';
import { classOf } from '../environments/names.ts';
import { conditionsOf, parseYamlTemplate } from '../syntax/go-template.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, type Tree } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { isChartTemplate, isChartTemplatePath } from './support/chart-template.ts';
import { podFindings } from './support/container-findings.ts';
import { envListFindings, isEnvList } from './support/env-list-findings.ts';
import { isManifest, kubernetesFindings, podsIn } from './support/kubernetes-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

/** Functions of templates that make something up. */
const GENERATES =
  /(?<=\{\{.{0,200})\b(?:rand(?:AlphaNum|Alpha|Numeric|Ascii|Bytes)\s{1,4}\d{1,4}|genPrivateKey\s{1,4}"\w{1,20}"|genSelfSignedCert|genCA|uuidv4)/;

export const helmTemplate: Reader = {
  name: 'helm-template',
  reads: 'templates of Helm charts: `templates/*.yaml`, `_helpers.tpl`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.tpl', '.txt'],
  matches: isChartTemplatePath,
  read(file) {
    if (!isChartTemplate(file)) return null;
    const stem = basename(file.path).replace(/\.[^.]*$/, '');
    const where = environmentOfManifest(file.path);
    const conditions = [
      ...conditionFindings(file.text, { ...where, unit: stem }),
      ...switchFindings(file.text, where, stem),
    ];
    // Notes are prose for whoever installs the chart.
    if (file.path.endsWith('.txt')) return { findings: conditions };
    const { documents, broken } = parseYamlTemplate(file.text);
    const findings = [
      ...documents.flatMap((each) => documentFindings(each, where, stem)),
      ...generatedFindings(file.text, where),
      ...includedVariables(file.text, { ...where, unit: stem }),
    ];
    return readResult([...findings, ...conditions], broken);
  },
};

function documentFindings(document: Tree, where: Omit<Place, 'line'>, stem: string): Finding[] {
  if (isManifest(document)) return kubernetesFindings(document, where, stem);
  if (isEnvList(document)) return envListFindings(document, where);
  // A part of a container that others include: `define "shop.env"` with `env:` under it.
  const fragment = at(document, 'env');
  if (isEnvList(fragment)) return envListFindings(fragment, where);
  const unit = stem.replace(/^_+/, '');
  return podsIn(document).flatMap((pod) => podFindings(pod, { ...where, unit }));
}

/** Lines that include further variables in a container's list (`{{ include "shop.env" . | nindent 12 }}`), each with its action as the source. */
function includedVariables(text: string, where: Omit<Place, 'line'>): Finding[] {
  let list: number | undefined;
  return splitLines(text).flatMap((line, index): Finding[] => {
    if (line.trim() === '') return [];
    const depth = line.search(/\S/);
    const action = /^\s*\{\{-?\s*((?:include|template|toYaml|tpl|range|with)\b.{0,200}?)-?\}\}/.exec(line)?.[1];
    if (/^\s*(?:- )?env:/.test(line)) list = depth + (line.trimStart().startsWith('- ') ? 2 : 0);
    else if (list !== undefined && !line.includes('{{') && (depth < list || (depth === list && line[depth] !== '-')))
      list = undefined;
    if (list === undefined || action === undefined) return [];
    return [
      findingAt(
        { ...where, line: index + 1 },
        { surface: 'operations', subject: where.unit ?? '', attribute: 'env-from', value: action.trim() },
      ),
    ];
  });
}

/** Values that the chart makes up when it is installed, whatever it keeps them as: a variable of the template, or a key. */
function generatedFindings(text: string, where: Omit<Place, 'line'>): Finding[] {
  return splitLines(text).flatMap((line, index) => {
    const made = GENERATES.exec(line)?.[0];
    const name = /\$(\w{1,80})\s{0,4}:?=/.exec(line)?.[1] ?? /^\s*"?([\w.-]{1,80})"?:\s/.exec(line)?.[1];
    if (made === undefined || name === undefined) return [];
    const said = { surface: 'config', subject: name, attribute: 'generated', value: made } as const;
    return [findingAt({ ...where, line: index + 1 }, said)];
  });
}

/** Parts of a template that a chart's value switches on: `if .Values.backup.enabled`. */
function switchFindings(text: string, where: Omit<Place, 'line'>, stem: string): Finding[] {
  return conditionsOf(text).flatMap(({ expression, line }) => {
    const path = /^\(?\s?\$?\.Values\.([\w.]{1,200}?)\s?\)?$/.exec(expression)?.[1];
    if (path === undefined) return [];
    return [
      findingAt({ ...where, line }, { surface: 'operations', subject: stem, attribute: 'switched-by', value: path }),
    ];
  });
}

/** Conditions that compare with an environment's name. */
function conditionFindings(text: string, where: Omit<Place, 'line'>): Finding[] {
  return conditionsOf(text).flatMap(({ expression, line }) => {
    if (!/\b(?:eq|ne|has|hasSuffix|hasPrefix|contains|regexMatch|mustRegexMatch)\b/.test(expression)) return [];
    const words = [...expression.matchAll(/"([^"]*)"|`([^`]*)`/g)].map((match) => match[1] ?? match[2] ?? '');
    const names = words.map((word) => word.replace(/^[\W_]+|[\W_]+$/g, ''));
    if (!names.some((name) => classOf(name, 'deployed'))) return [];
    const { unit: subject = '', ...place } = where;
    return [
      {
        surface: 'operations',
        subject,
        attribute: 'condition',
        value: expression,
        environment: place.environment,
        ...(place.class ? { class: place.class } : {}),
        line,
      },
    ];
  });
}
