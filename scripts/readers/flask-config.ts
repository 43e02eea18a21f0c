import { environmentIn } from '../environments/names.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree } from './support/literal-tree.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { assignmentsIn, isConditional } from './support/python-assignments.ts';
import { programText } from './support/source.ts';

const PATH = /(?:^|\/)(?:\w*config\w*|\w*settings\w*|config\/[\w-]+|configs?\/__init__|config\/__init__)\.py$/;
/** `ProductionConfig`, `ConfigStaging`, `DevConfig`; what is left of the name is the environment's. */
const CLASS = /^class (\w{0,60}(?:Config|Configuration|Settings)\w{0,40})\b/;
const BASE = /^(?:Base|Default|Common|Shared|App|Flask|Core)?$/;

export const flaskConfig: Reader = {
  name: 'flask-config',
  reads: 'Flask’s configuration classes: `ProductionConfig`, `DevelopmentConfig` and their base in `config.py`',
  reach: EVERYWHERE,
  endings: ['.py'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  read(file) {
    if (!/^class \w*(?:Config|Settings)/m.test(file.text) || /\bBaseSettings\b/.test(file.text)) return null;
    const program = programText(file.path, file.text, 'python');
    const assignments = assignmentsIn(program).map((each) => ({ ...each, environment: environmentOf(each.headers) }));
    // A file whose classes name no environment configures something else.
    if (!assignments.some((each) => each.environment !== undefined && each.environment !== 'shared')) return null;
    const findings = assignments.flatMap(({ name, value, line, headers, environment }) => {
      if (environment === undefined) return [];
      const conditional = isConditional(headers);
      return settingsIn(literalTree(program, value)).flatMap((each) => {
        const place = { environment, line: each.keys.length > 0 ? each.line : line };
        return settingFindings([name, ...each.keys].join('.'), each.text, place, { conditional });
      });
    });
    return { findings };
  },
};

/** The environment of the class that an assignment stands in; `undefined` outside of such classes. */
function environmentOf(headers: readonly string[]): string | undefined {
  const name = headers.map((header) => CLASS.exec(header)?.[1]).findLast((found) => found !== undefined);
  if (name === undefined) return undefined;
  const word = name.replace(/Config(?:uration)?|Settings/, '').replace(/_/g, '');
  if (BASE.test(word)) return 'shared';
  const named = environmentIn(word);
  return named ? developerEnvironment({ ...named, name: named.name.toLowerCase() }) : undefined;
}
