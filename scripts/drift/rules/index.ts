import type { Rule } from '../rule.ts';
import { keyUndeclared } from './key-undeclared.ts';
import { serviceOnlyIn } from './service-only-in.ts';
import { valueDiffers } from './value-differs.ts';
import { versionMismatch } from './version-mismatch.ts';

/** Every rule, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const rules: readonly Rule[] = [keyUndeclared, serviceOnlyIn, valueDiffers, versionMismatch];
