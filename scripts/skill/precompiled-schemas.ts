import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { default as StandaloneCode } from 'ajv/dist/standalone/index.js';
import { AJV_OPTIONS } from '../schema.ts';

/** The module whose place `precompiledSchemas` takes in a bundle. */
export const AJV_MODULE = 'ajv/dist/2020.js';

/**
 * What stands in for `ajv/dist/2020.js` in a bundle: the validators of schemas, each known by its title, as plain code. To compile them
 * anew at each start takes longer than the whole check of a small repository.
 */
export function precompiledSchemas(schemas: readonly { title: string }[]): string {
  // Loaded when it is needed: what a package step has bundled runs without it.
  const standaloneCode: { default: typeof StandaloneCode.default } = createRequire(import.meta.url)(
    'ajv/dist/standalone/index.js',
  );
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true, esm: true } });
  for (const schema of schemas) ajv.addSchema(schema, schema.title);
  const names = schemas.map((schema, index) => [`validate${index}`, schema.title] as const);
  const code = standaloneCode.default(ajv, Object.fromEntries(names));
  const table = names.map(([name, id]) => `${JSON.stringify(id)}: ${name}`).join(', ');
  return `${code}\nconst validators = { ${table} };\nexport class Ajv2020 { compile(schema) { return validators[schema.title]; } }\n`;
}
