import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSchemas } from './make-schemas.ts';

for (const { file, text } of makeSchemas()) {
  writeFileSync(join(import.meta.dirname, '..', '..', 'resources', file), text);
  process.stderr.write(`resources/${file} written\n`);
}
