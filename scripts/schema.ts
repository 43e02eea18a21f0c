import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import inspectionSchema from '../resources/inspection.schema.json' with { type: 'json' };
import mapSchema from '../resources/parity-map.schema.json' with { type: 'json' };
import type { Inspection } from './model.ts';
import type { ParityMap } from './skill/parity-map.ts';
import { UsageError } from './usage-error.ts';

const ajv = new Ajv2020({ allErrors: false, strict: false });
const compiled = new Map<object, ValidateFunction>();

/** A value that does not fit its schema. */
export class SchemaProblem extends UsageError {
  /** A JSON pointer to the first misfit; empty for the top level. */
  readonly place: string;
  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

/** Throws a UsageError that names the first place where a value is no inspection. `what` is the file it came from. */
export function assertInspection(value: unknown, what: string): asserts value is Inspection {
  assertSchema(inspectionSchema, value, what, 'run parity.mjs inspect again');
}

/** Throws a UsageError that names the first place where a value is no parity map. `what` is the file it came from. */
export function assertParityMap(value: unknown, what: string): asserts value is ParityMap {
  assertSchema(mapSchema, value, what, 'mend it by resources/parity-map.schema.json');
}

function assertSchema(schema: object, value: unknown, what: string, mend: string): void {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return;
  const [error] = validate.errors ?? [];
  throw new SchemaProblem(error?.instancePath ?? '', `${what}: ${explain(error)}; ${mend}`);
}

function explain(error: ErrorObject | undefined): string {
  if (!error) return 'does not fit its schema';
  const place = error.instancePath === '' ? 'the top level' : error.instancePath;
  const allowed: unknown = error.params.allowedValues;
  const extra: unknown = error.params.additionalProperty;
  const detail = Array.isArray(allowed) ? ` (${allowed.join(', ')})` : typeof extra === 'string' ? ` (${extra})` : '';
  return `${place} ${error.message ?? 'does not fit its schema'}${detail}`;
}
