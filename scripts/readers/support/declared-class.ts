import type { ProgramText, Span } from './source.ts';

/** A class that a stretch of a program begins with, and where its name stands. */
export interface DeclaredClass {
  name: string;
  offset: number;
}

const CLASS =
  /^\s*(?:(?:public|private|protected|internal|abstract|final|open|static|sealed|data)\s+){0,4}(?:class|object)\s+(?<name>[A-Z]\w{1,100})/;

/** The class that an arm declares; `undefined` where it declares none: a function, a value, a call. */
export function classDeclaredAt(program: ProgramText, arm: Span): DeclaredClass | undefined {
  const found = CLASS.exec(program.code.slice(arm.start, Math.min(arm.end, arm.start + 300)));
  const name = found?.groups?.name;
  return found && name ? { name, offset: arm.start + found[0].length - name.length } : undefined;
}
