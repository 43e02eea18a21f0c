import { basename } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { at } from '../syntax/tree.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { versionsOf } from './support/tool-version-findings.ts';

export const globalJson: Reader = {
  name: 'global-json',
  reads: '`global.json`: the .NET SDK and how far it may roll forward',
  reach: EVERYWHERE,
  endings: ['.json'],
  matches: (path) => basename(path) === 'global.json',
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const roll = at(tree, 'sdk', 'rollForward');
    const place = { environment: 'shared' };
    const rolls =
      roll?.kind === 'scalar'
        ? [
            findingAt(
              { ...place, line: roll.line },
              { surface: 'runtime', subject: 'dotnet', attribute: 'roll-forward', value: roll.text },
            ),
          ]
        : [];
    return readResult([...versionsOf('dotnet', at(tree, 'sdk', 'version'), place), ...rolls], broken);
  },
};
