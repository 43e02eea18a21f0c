import { type Property, partsIn, partsOf, propertyAt, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** The longest list of arguments without brackets that is followed, in characters outside of brackets. */
const MAX_COMMAND = 600;
/** How deep objects within arguments are looked into. */
const MAX_DEPTH = 4;

/**
 * The arguments of the call whose callee ends at an offset: those in brackets, or, in Ruby, those that follow after a blank.
 * `undefined` where nothing is called.
 */
export function argumentsAfter(program: ProgramText, end: number): Span[] | undefined {
  const head = /^(?:<[^<>()\n]{0,80}>)?\(/.exec(program.code.slice(end, end + 90));
  if (head) return partsOf(program, end + head[0].length - 1);
  if (program.language === 'elixir') return commandArguments(program, end);
  if (program.language !== 'ruby') return undefined;
  const command = /^[ \t]{1,20}(?=[:"'%\w{*[])(?!(?:if|unless|and|or|do|end|then)\b)/.exec(
    program.code.slice(end, end + 30),
  );
  return command ? partsIn(program, { start: end, end: commandEnd(program, end + command[0].length) }) : undefined;
}

/** `live_dashboard "/dashboard", metrics: Telemetry`, and what follows the plug of `plug CORSPlug, origin: "*"`. */
function commandArguments(program: ProgramText, end: number): Span[] | undefined {
  const head = /^(?:[ \t]{1,20}(?=["':%\w[])(?!(?:do|and|or|in|when|else|end)\b)|,[ \t]{0,20})/.exec(
    program.code.slice(end, end + 30),
  );
  return head ? partsIn(program, { start: end, end: commandEnd(program, end + head[0].length) }) : undefined;
}

function commandEnd(program: ProgramText, from: number): number {
  const { code } = program;
  const limit = Math.min(code.length, from + MAX_COMMAND);
  let last = '';
  let at = from;
  while (at < limit) {
    const char = code[at] ?? '';
    if (')]};'.includes(char)) return at;
    if (char === '\n' && !',\\'.includes(last)) return at;
    if (char === ' ' && /^\s(?:if|unless|do|and|or)\b/.test(code.slice(at, at + 8))) return at;
    if ('([{'.includes(char)) {
      const close = program.partner(at);
      if (close === undefined) return at;
      at = close;
    }
    if (!/\s/.test(char)) last = char;
    at += 1;
  }
  return at;
}

/** The named arguments among parts, and the properties of the objects and lists of objects in them. */
export function deepProperties(program: ProgramText, parts: readonly Span[], depth = 0): Property[] {
  return parts.flatMap((part) => {
    const property = propertyAt(program, part);
    // A lone name in a call is an argument; in an object it stands for a property of that name.
    const lone = property && property.start >= property.end && depth === 0;
    const value = trimmed(program, property ?? part);
    const open = /^(?:dict\()?/.exec(program.code.slice(value.start, value.start + 6))?.[0].length ?? 0;
    const bracket = open > 0 ? value.start + open - 1 : value.start;
    const inner =
      depth < MAX_DEPTH && /[[{(]/.test(program.code[bracket] ?? '') && program.partner(bracket) === value.end - 1
        ? deepProperties(program, partsOf(program, bracket) ?? [], depth + 1)
        : [];
    return [...(property && !lone ? [property] : []), ...inner];
  });
}
