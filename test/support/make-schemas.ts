import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(import.meta.dirname, '..', '..');

/** The published schemas, each made from a type: file name below `resources/`, and the text that belongs in it. */
export function makeSchemas(): { file: string; text: string }[] {
  return [
    { file: 'inspection.schema.json', text: make('scripts/model.ts', 'Inspection', 'What inspect writes.') },
    {
      file: 'parity-map.schema.json',
      text: make('scripts/skill/parity-map.ts', 'ParityMap', 'The parity map of one application.'),
    },
  ];
}

function make(path: string, type: string, title: string): string {
  const schema = createGenerator({
    path: join(root, path),
    tsconfig: join(root, 'tsconfig.json'),
    type,
    topRef: false,
    expose: 'export',
    jsDoc: 'extended',
    additionalProperties: false,
    skipTypeCheck: true,
  }).createSchema(type);
  const { $schema: _, definitions, ...rest } = schema;
  const modern = { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...rest, $defs: definitions };
  return `${JSON.stringify(modern, null, 2).replaceAll('"#/definitions/', '"#/$defs/')}\n`;
}
