import type { EnvironmentClass } from '../../model.ts';
import type { Finding } from '../reader.ts';

/** Where a finding holds and where it stands: what all findings of one line share. */
export interface Place {
  /** An environment's name, or `shared`. */
  environment: string;
  class?: EnvironmentClass | undefined;
  unit?: string | undefined;
  /** From 1. */
  line: number;
}

/** A finding at a place. */
export function findingAt(
  place: Place,
  said: Pick<Finding, 'surface' | 'subject' | 'attribute' | 'value' | 'secret'>,
): Finding {
  return {
    ...said,
    environment: place.environment,
    ...(place.class ? { class: place.class } : {}),
    ...(place.unit ? { unit: place.unit } : {}),
    line: place.line,
  };
}
