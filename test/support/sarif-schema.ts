import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { fixture } from './facts-of.ts';

/** The published schema of SARIF 2.1.0. */
export function sarifSchema(): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addFormat('uri-reference', (text) => /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/.test(text));
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
  return ajv.compile(JSON.parse(readFileSync(fixture('sarif/sarif-2.1.0.schema.json'), 'utf8')));
}
