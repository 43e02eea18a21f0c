import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The skill's own folder, links resolved. */
export const ROOT = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
