import { basename } from 'node:path/posix';
import { environmentOfFileName } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { parseHocon } from '../syntax/hocon.ts';
import type { MapNode } from '../syntax/tree.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { settingsIn } from './support/framework-settings.ts';
import { propertyFindings } from './support/property-findings.ts';
import { placeOfSettings } from './support/settings-place.ts';

const FILE =
  /(?:^|\/)(?:conf|config|resources)\/(?:[\w-]+\/){0,2}[\w.-]+\.conf$|(?:^|\/)(?:application|reference)\.conf$/;
/** A value that another key of the file, or a variable of the process, gives. */
const REFERENCE = /\$\{\??(?![A-Z][A-Z0-9_]*(?::|\}))[^}]*\}/;

/** HOCON: `application.conf`, `production.conf`, `PROD.public.conf`. */
export const hocon: Reader = {
  name: 'hocon',
  reads:
    'HOCON settings of Play, Akka, Pekko and Ktor (`application.conf`, `reference.conf`, a file for each environment)',
  reach: EVERYWHERE,
  endings: ['.conf'],
  fallback: true,
  matches: (path) => FILE.test(path) && ['application', 'test'].includes(roleOf(path)),
  read({ path, text }) {
    const tree = parseHocon(text);
    if (!tree || tree.entries.length === 0) return null;
    const where = placeOfSettings(path);
    return {
      findings: settingsOf(tree, environmentOfFileName(basename(path))?.name).flatMap((each) =>
        propertyFindings(each, where),
      ),
    };
  },
};

/** Settings with what a run puts together told as computed; the section that a file has for its own environment is no part of a key. */
function settingsOf(tree: MapNode, environment: string | undefined) {
  return settingsIn(tree).map((each) => ({
    ...each,
    keys: each.keys.filter((key) => key !== environment),
    text: each.text !== null && REFERENCE.test(each.text) ? null : (each.text?.trim() ?? null),
  }));
}
