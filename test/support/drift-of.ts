import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from './facts-of.ts';

/** The drift of a fixture's repository as `severity id: title`, the gravest first. */
export function driftOf(name: string): string[] {
  return inspectRepository(fixture(name)).drift.map(({ severity, id, title }) => `${severity} ${id}: ${title}`);
}
