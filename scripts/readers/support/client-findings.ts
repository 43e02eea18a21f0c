import tools from '../../../resources/tools.json' with { type: 'json' };
import { subjectOfPackage } from '../../services/subject.ts';
import type { Finding } from '../reader.ts';

const browsers = new Map(Object.entries(tools.browsers));
const frameworks = new Map(Object.entries(tools.frameworks));

/**
 * The framework that the program is built on, with the version that its manifest asks for; the client library of a service that a manifest depends on, as `name@version` with the version's text as written, or the
 * bare name without one; none for packages that belong to no service.
 */
export function clientFindings(name: string, version: string, place: { environment: string; line: number }): Finding[] {
  const browser = browsers.get(name.toLowerCase());
  const framework = frameworks.get(name.toLowerCase());
  if (framework) {
    const pin = version.trim().replace(/^==(?==?\s*)?\s*/, '');
    if (pin === '') return [];
    return [{ surface: 'runtime', subject: framework, attribute: 'pin', value: pin, ...place }];
  }
  const known = browser ? ({ subject: browser, surface: 'runtime' } as const) : subjectOfPackage(name);
  if (!known) return [];
  const text = version.trim();
  return [{ ...known, attribute: 'client', value: text === '' ? name : `${name}@${text}`, ...place }];
}
