import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatsPage, withTables } from './make-tables.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = join(root, 'README.md');
writeFileSync(readme, withTables(readFileSync(readme, 'utf8')));
writeFileSync(join(root, 'docs', 'formats.md'), formatsPage());
