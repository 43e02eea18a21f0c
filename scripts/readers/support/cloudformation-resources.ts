import { at, type Entry, entries, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { environmentOfName } from './infrastructure-environment.ts';
import { looseAt } from './loose-keys.ts';
import { operationsFindings } from './operations-findings.ts';
import type { Place } from './place.ts';
import {
  type Resource,
  resourceSettings,
  resourceVariables,
  settingSays,
  subjectOfEngineText,
} from './resource-findings.ts';

type Where = Omit<Place, 'line'>;

/** What the resources of a template say. A property that takes a parameter says its default, on the default's own line. */
export function cloudformationResources(
  resources: Tree | undefined,
  parameters: readonly Entry[],
  where: Where,
): Finding[] {
  const defaults = new Map(parameters.map((each) => [`!Ref ${each.key}`, each]));
  return entries(resources).flatMap(({ key, value, line }) => {
    const type = textAt(value, 'Type');
    const properties = at(value, 'Properties');
    if (type === undefined) return [];
    const own = { ...environmentOfName(key, where), unit: key };
    const exists =
      textAt(value, 'Condition') === undefined
        ? []
        : operationsFindings('conditional-resource', at(value, 'Type'), own);
    if (properties === undefined) return exists;
    const resource: Resource = { type, name: key, properties, line };
    const told = resourceSettings(resource).flatMap(({ engine, ...setting }) => {
      const named = engine && defaults.get(engine.text);
      const subject = named?.value.kind === 'scalar' ? subjectOfEngineText(named.value.text) : undefined;
      const said = subject === undefined ? setting : { ...setting, subject };
      const found = setting.node.computed ? defaults.get(setting.node.text) : undefined;
      if (found?.value.kind === 'scalar') return settingSays(said, found.value.text, { ...own, line: found.line });
      return settingSays(said, setting.node.text, { ...own, line: setting.line });
    });
    return [...exists, ...told, ...resourceVariables(resource, own), ...eventFindings(properties, own)];
  });
}

/** Schedules of a function's own events. */
function eventFindings(properties: Tree, where: Where): Finding[] {
  return entries(looseAt(properties, 'Events')).flatMap(({ value }) => {
    const schedule = looseAt(value, 'Properties', 'Schedule') ?? looseAt(value, 'Properties', 'ScheduleExpression');
    if (!/schedule/i.test(textAt(value, 'Type') ?? '')) return [];
    return operationsFindings('schedule', schedule, where);
  });
}
