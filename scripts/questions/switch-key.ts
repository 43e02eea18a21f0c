import type { Matrix } from '../drift/matrix.ts';

/** Whether the program takes a key for a switch: it makes a truth value of it, compares it with one, or falls back to one. */
export function isSwitchKey(matrix: Matrix, key: string): boolean {
  const has = (attribute: string, value: RegExp): boolean =>
    matrix.factsOf(key, attribute).some((fact) => value.test(String(fact.value)));
  return (
    has('type', /^boolean$/) ||
    has('on-if', /./) ||
    has('on-unless', /./) ||
    has('from-variable', /^(?:true|false)$/i) ||
    has('default', /^(?:true|false)$/i)
  );
}
