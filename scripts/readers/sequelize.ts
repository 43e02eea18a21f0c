import { classOf } from '../environments/names.ts';
import { parseJson } from '../syntax/json.ts';
import { entries, textAt } from '../syntax/tree.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { exportedObject } from './support/exported-object.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';
import { programText } from './support/source.ts';

const PATH = /(?:^|\/)(?:config|db|database|sequelize|models)\/(?:config|database|db|sequelize)\.(?:json|[cm]?js|ts)$/;

export const sequelize: Reader = {
  name: 'sequelize',
  reads: 'Sequelize’s `config/config.json` and `config/database.js`: the database of each environment',
  reach: EVERYWHERE,
  endings: ['.json', '.js', '.mjs', '.cjs', '.ts'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  read(file) {
    if (!file.text.includes('dialect') && !file.text.includes('use_env_variable')) return null;
    const { tree, broken } = file.path.endsWith('.json')
      ? parseJson(file.text)
      : { tree: exportedObject(programText(file.path, file.text, 'javascript')), broken: [] };
    const sections = entries(tree).filter(({ key, value }) => classOf(key) !== undefined && value.kind === 'map');
    if (sections.length === 0) return broken.length > 0 ? readResult([], broken) : null;
    const findings = sections.flatMap(({ key: environment, value }) =>
      settingsIn(value).flatMap(({ keys, text, line }) => {
        const place = { environment, line };
        const variable = keys.join('.') === 'use_env_variable' ? textAt(value, 'use_env_variable') : undefined;
        if (variable !== undefined)
          return [findingAt(place, { surface: 'config', subject: variable, attribute: 'read', value: 'required' })];
        return text === null ? [] : settingFindings(['sequelize', ...keys].join('.'), text, place);
      }),
    );
    return readResult(findings, broken);
  },
};
