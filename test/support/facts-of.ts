import { join } from 'node:path';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import type { Fact } from '../../scripts/model.ts';

/** A fixture: a whole small repository under `test/fixtures`. */
export function fixture(name: string): string {
  return join(import.meta.dirname, '..', 'fixtures', name);
}

/** `surface subject attribute=value @environment [unit] path:line`, one line a fact, as an inspection through the front door gives them. */
export function factsOf(name: string, reader?: string): string[] {
  return inspectRepository(fixture(name))
    .facts.filter((fact) => reader === undefined || fact.reader === reader)
    .map(line);
}

function line(fact: Fact): string {
  const unit = fact.unit ? ` [${fact.unit}]` : '';
  const place = `${fact.evidence.path}:${fact.evidence.line}`;
  return `${fact.surface} ${fact.subject} ${fact.attribute}=${String(fact.value)} @${fact.environment}${unit} ${place}`;
}
