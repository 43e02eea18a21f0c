import { coloured, hasColour } from './colour.ts';

/** Prints text for people on stdout, in colour where a person watches. */
export function printText(text: string): void {
  process.stdout.write(hasColour(process.stdout, process.env) ? coloured(text) : text);
}
