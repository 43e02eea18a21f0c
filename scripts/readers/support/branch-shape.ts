import vocabulary from '../../../resources/branch-shapes.json' with { type: 'json' };
import type { LanguageName } from '../../syntax/languages.ts';
import { plainString } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** What a program does on either side of a condition. */
export interface Arms {
  /** What happens where the condition holds. */
  holds: Span | undefined;
  /** What happens where it does not. */
  fails: Span | undefined;
  /** The condition is the value itself: `secure: env === 'production'`. */
  value: boolean;
}

interface Shape {
  blocks: string;
  brackets?: boolean;
  bare?: boolean;
  ternary?: boolean;
  inline?: boolean;
  trailing?: boolean;
  heads: string[];
  negative: string[];
  others: string[];
  chained: string[];
  leaves: string[];
  and: string;
  or: string;
  cases: string[];
  defaults?: string[];
  tagless?: string;
  arrow?: string;
  ends?: string[];
  colons?: boolean;
  annotation?: string;
}

/** How far an arm is followed, in lines and in characters. */
const MAX_LINES = 40;
const MAX_CHARACTERS = 4000;
/** How far a condition and a ternary are followed, in characters. */
const MAX_CONDITION = 600;
/** How many brackets around a condition are left. */
const MAX_GROUPS = 5;

const shapes: { [language in LanguageName]?: Shape } = vocabulary.languages;

/** The side of a condition before it is told which of them holds. */
interface Sides {
  first: Span | undefined;
  second: Span | undefined;
  value: boolean;
  negated: boolean;
}

/** The arms of the condition that has a comparison at an offset, a negation before it included; `folded`: the comparison's value has that already. */
export function armsAt(program: ProgramText, offset: number, folded: boolean): Arms {
  const shape = shapes[program.language];
  if (!shape) return { holds: undefined, fails: undefined, value: false };
  const declared = annotated(program, offset, shape);
  if (declared) return { holds: declared, fails: undefined, value: false };
  if (shape.blocks === 'words') return { ...shellArms(program, offset, shape), value: false };
  const tagless = shape.tagless === undefined ? undefined : taglessArms(program, offset, shape, shape.tagless);
  if (tagless) {
    const negated = !folded && isNegated(program, offset);
    return negated ? { ...tagless, holds: tagless.fails, fails: tagless.holds } : tagless;
  }
  const { first, second, value, negated } = sidesAt(program, offset, shape, folded);
  return negated ? { holds: second, fails: first, value } : { holds: first, fails: second, value };
}

function sidesAt(program: ProgramText, offset: number, shape: Shape, folded: boolean): Sides {
  let at = offset;
  let negated = !folded && isNegated(program, offset);
  for (let step = 0; step < MAX_GROUPS; step += 1) {
    const ternary = shape.ternary ? ternaryAfter(program, at) : undefined;
    if (ternary) return { ...ternary, value: false, negated };
    const bare = shape.bare ? bareArms(program, at, shape) : undefined;
    if (bare) return { ...bare, value: false, negated };
    const option = shape.trailing ? optionArm(program, at) : undefined;
    if (option) return { ...option, second: undefined, value: false, negated: negated !== option.negative };
    const statement = shape.brackets || shape.bare ? undefined : openStatement(program, at, shape);
    if (statement) {
      const flipped = statement.negative && !(folded && step === 0);
      return { ...statement, value: false, negated: negated !== flipped };
    }
    const open = program.enclosing(at);
    if (open === undefined || program.code[open] !== '(') break;
    const head = program.code.slice(Math.max(0, open - 60), open).trimEnd();
    const close = program.partner(open);
    if (close === undefined) break;
    if (shape.brackets && endsWithWord(head, shape.heads)) {
      const arms = blockArms(program, close + 1, shape, isJoined(program.code.slice(open, close), shape.and));
      return { ...arms, value: false, negated };
    }
    const call =
      /[\w$\])?]$/.test(head) &&
      !endsWithWord(head, [...shape.heads, ...shape.negative, 'return', 'and', 'or', 'not', 'in']);
    if (
      call &&
      !/(?:\.includes|\.include\?|\.indexOf|\bBoolean|\bbool|\bin_array|\.equals(?:IgnoreCase)?|\.Equals|\.contains|\.Contains)$/.test(
        head,
      )
    )
      break;
    // A negation before a group that holds nothing else is in the value already.
    const alone = folded && step === 0 && /^[\s\w.$>?-]*$/.test(program.code.slice(open + 1, at));
    if (isNegated(program, open) && !alone) negated = !negated;
    at = open;
  }
  const joined = joinedAfter(program, at, shape);
  if (!joined) return { first: undefined, second: undefined, value: true, negated };
  return { ...joined, value: false, negated };
}

/** `switch { case env == "production": ... }`, `when { ... }`, `cond do`: what a condition in a case's head leads to. */
function taglessArms(program: ProgramText, offset: number, shape: Shape, head: string): Arms | undefined {
  const extent = taglessExtent(program, offset, shape, head);
  if (!extent) return undefined;
  const cases = casesIn(program, extent, shape);
  const own = cases.find((each) => each.offset <= offset && offset < each.body.start);
  if (!own) return undefined;
  const rest = cases.find((each) => each.names.length === 0 || each.names[0] === 'true');
  return { holds: own.body, fails: rest === own ? undefined : rest?.body, value: false };
}

function taglessExtent(program: ProgramText, offset: number, shape: Shape, head: string): Span | undefined {
  const { code } = program;
  const pattern = new RegExp(`(?<![\\w.])(?:${head})\\s*$`);
  if (shape.blocks === 'braces') {
    let open = program.enclosing(offset);
    while (open !== undefined && code[open] === '(') open = program.enclosing(open);
    if (open === undefined || offset - open > MAX_CHARACTERS) return undefined;
    if (!pattern.test(code.slice(Math.max(0, open - 40), open))) return undefined;
    return bounded(program, { start: open + 1, end: program.partner(open) ?? open + 1 });
  }
  const indent = indentAt(program, code.lastIndexOf('\n', offset - 1) + 1);
  let line = code.lastIndexOf('\n', offset - 1) + 1;
  for (let step = 0; step < MAX_LINES && line > 0; step += 1) {
    const end = line - 1;
    line = code.lastIndexOf('\n', end - 1) + 1;
    if (code.slice(line, end).trim() === '' || indentAt(program, line) >= indent) continue;
    if (!pattern.test(code.slice(line, end))) return undefined;
    return { start: end + 1, end: endOfBody(program, end + 1, indentAt(program, line), shape) };
  }
  return undefined;
}

function isNegated(program: ProgramText, offset: number): boolean {
  return /(?:!|\bnot\s)\s{0,4}$/.test(program.code.slice(Math.max(0, offset - 8), offset));
}

function endsWithWord(text: string, words: readonly string[]): boolean {
  const last = /[A-Za-z_]+$/.exec(text.slice(-20))?.[0];
  return last !== undefined && words.includes(last);
}

/** Where an expression that goes on at an offset ends: at a delimiter of its depth, or at a line's end that nothing continues. */
function expressionEnd(program: ProgramText, from: number, stop: (offset: number) => boolean = () => false): number {
  const { code } = program;
  const limit = Math.min(code.length, from + MAX_CONDITION);
  let at = from;
  while (at < limit) {
    const char = code[at] ?? '';
    if (stop(at) || ',;)]}'.includes(char)) return at;
    if ('([{'.includes(char)) {
      const close = program.partner(at);
      if (close === undefined) return at;
      at = close + 1;
      continue;
    }
    if (char === '\n') {
      const next = /^\s{0,200}(?:[?:.+*/|&]|and\b|or\b)/.test(code.slice(at, at + 210));
      const before = /(?:[&|=(+:<,\\]|=>|(?<!\w)[?!])[ \t]{0,20}$/.test(code.slice(Math.max(0, at - 24), at));
      if (at > from && !next && !before && code.slice(from, at).trim() !== '') return at;
    }
    at += 1;
  }
  return at;
}

function ternaryAfter(program: ProgramText, from: number): { first: Span; second: Span } | undefined {
  const { code } = program;
  const spaced = program.language === 'ruby';
  const asks = (offset: number) =>
    code[offset] === '?' &&
    !/[?.]/.test(code[offset + 1] ?? '') &&
    code[offset - 1] !== '?' &&
    (!spaced || /\s/.test(code[offset - 1] ?? ''));
  const question = expressionEnd(program, from, (offset) => asks(offset) || code.startsWith('=>', offset));
  if (!asks(question)) return undefined;
  let nested = 0;
  const colon = expressionEnd(program, question + 1, (offset) => {
    if (asks(offset)) nested += 1;
    if (code[offset] !== ':' || (spaced && !/\s/.test(code[offset + 1] ?? ' '))) return false;
    nested -= 1;
    return nested < 0;
  });
  if (code[colon] !== ':') return undefined;
  return {
    first: { start: question + 1, end: colon },
    second: { start: colon + 1, end: expressionEnd(program, colon + 1) },
  };
}

/** `condition && what`, `condition || what`. */
function joinedAfter(program: ProgramText, from: number, shape: Shape): Pick<Sides, 'first' | 'second'> | undefined {
  const { code } = program;
  const operators = [shape.and, shape.or];
  const found = expressionEnd(program, from, (offset) =>
    operators.some(
      (operator) => code.startsWith(operator, offset) && (!/\w/.test(operator) || /\s/.test(code[offset - 1] ?? '')),
    ),
  );
  const operator = operators.find((each) => code.startsWith(each, found));
  if (!operator || found >= code.length) return undefined;
  const right = { start: found + operator.length, end: expressionEnd(program, found + operator.length) };
  return operator === shape.and ? { first: right, second: undefined } : { first: undefined, second: right };
}

/** The arms of an `if` whose condition stands in brackets, which end before an offset. */
function blockArms(program: ProgramText, from: number, shape: Shape, joined: boolean): Pick<Sides, 'first' | 'second'> {
  const first = statementAt(program, from);
  const rest = program.code.slice(first.end, first.end + 200);
  const chained = /^[\s};]{0,100}?\belse\s{0,20}if\b/.exec(rest);
  const other = /^[\s};]{0,100}?\belse\b/.exec(rest);
  if (chained) return { first, second: undefined };
  if (other) return { first, second: statementAt(program, first.end + other[0].length) };
  return { first, second: !joined && leaves(program, first, shape) ? remainder(program, first.end) : undefined };
}

/** Whether a condition asks for more: then what follows an arm that leaves is reached from either side. */
function isJoined(condition: string, and: string): boolean {
  return /^\w/.test(and) ? new RegExp(`\\s${and}\\s`).test(condition) : condition.includes(and);
}

/** A block in braces, or one statement. */
function statementAt(program: ProgramText, from: number): Span {
  const { code } = program;
  let start = from;
  while (/\s/.test(code[start] ?? '') && start < from + 200) start += 1;
  if (code[start] === '{') {
    const close = program.partner(start);
    return bounded(program, { start: start + 1, end: close ?? start + MAX_CHARACTERS });
  }
  let at = start;
  while (at < Math.min(code.length, start + MAX_CONDITION) && code[at] !== ';' && code[at] !== '\n') {
    if (code[at] === ' ' && at > start && code.startsWith('else ', at + 1)) break;
    const close = '([{'.includes(code[at] ?? ' ') ? program.partner(at) : undefined;
    at = (close ?? at) + 1;
  }
  return { start, end: at };
}

function bounded(program: ProgramText, { start, end }: Span): Span {
  let at = start;
  const limit = Math.min(end, start + MAX_CHARACTERS, program.code.length);
  for (let line = 0; line < MAX_LINES && at !== -1 && at < limit; line += 1) at = next(program, at);
  return { start, end: Math.min(limit, at) };
}

/** Where the line after an offset begins. */
function next(program: ProgramText, offset: number): number {
  const found = program.code.indexOf('\n', offset);
  return found === -1 ? program.code.length : found + 1;
}

/** Whether an arm ends by leaving the block that it stands in. */
function leaves(program: ProgramText, arm: Span, shape: Shape): boolean {
  const tail = program.code.slice(Math.max(arm.start, arm.end - 300), arm.end);
  const last = tail
    .split(/[\n;{}]/)
    .filter((each) => /\w/.test(each))
    .at(-1)
    ?.trim();
  // `return x if y` leaves at times.
  if (last === undefined || (shape.trailing && /\S\s+(?:if|unless)\s/.test(last) && !/[=|]\s*if\s/.test(last)))
    return false;
  return shape.leaves.some((word) => last.startsWith(word) && !/^\w/.test(last.slice(word.length)));
}

/** What follows in the block around an offset. */
function remainder(program: ProgramText, from: number): Span {
  const open = program.enclosing(from + 1) ?? program.enclosing(from);
  const close = open === undefined ? undefined : program.partner(open);
  const end = close !== undefined && close > from ? close : program.code.length;
  return bounded(program, { start: Math.min(from + 1, end), end });
}

/** The arms of an `if` whose condition stands without brackets before a block in braces. */
function bareArms(program: ProgramText, offset: number, shape: Shape): Pick<Sides, 'first' | 'second'> | undefined {
  const { code } = program;
  const from = Math.max((program.enclosing(offset) ?? -1) + 1, offset - MAX_CONDITION);
  const before = code.slice(from, offset);
  const head = [...before.matchAll(new RegExp(`(?<![\\w.])(?:${shape.heads.join('|')})(?=[\\s(!])`, 'g'))].at(-1);
  if (!head || /[{}]/.test(before.slice(head.index))) return undefined;
  let brace = offset;
  const limit = Math.min(code.length, offset + MAX_CONDITION);
  while (brace < limit && code[brace] !== '{') {
    if ('}])'.includes(code[brace] ?? ' ')) return undefined;
    brace = ('(['.includes(code[brace] ?? ' ') ? (program.partner(brace) ?? brace) : brace) + 1;
  }
  if (code[brace] !== '{') return undefined;
  return blockArms(program, brace, shape, isJoined(code.slice(from + head.index, brace), shape.and));
}

/** Elixir's `if condition, do: a, else: b`. */
function keywordArms(program: ProgramText, offset: number): Pick<Sides, 'first' | 'second'> | undefined {
  const { code } = program;
  const line = code.slice(
    offset,
    expressionEnd(program, offset, (at) => code[at] === '\n'),
  );
  const head = /^\s{0,20},\s{0,200}do:\s/.exec(code.slice(offset + line.length, offset + line.length + 240));
  if (!head) return undefined;
  const start = offset + line.length + head[0].length;
  const end = expressionEnd(program, start);
  const other = /^\s{0,20},\s{0,200}else:\s/.exec(code.slice(end, end + 240));
  const second = other ? end + other[0].length : undefined;
  return {
    first: { start, end },
    second: second === undefined ? undefined : { start: second, end: expressionEnd(program, second) },
  };
}

/** What an annotation at an offset stands on: a class, a function, a field, a block. */
function annotated(program: ProgramText, offset: number, shape: Shape): Span | undefined {
  if (shape.annotation === undefined) return undefined;
  const { code } = program;
  let at: number | undefined;
  if (shape.annotation === '@' && code[offset] === '@') {
    const open = code.indexOf('(', offset);
    at = program.partner(open);
  } else if (shape.annotation === '#[') {
    let open = program.enclosing(offset);
    while (open !== undefined && code[open] === '(') open = program.enclosing(open);
    if (open !== undefined && code[open] === '[' && code[open - 1] === '#') at = program.partner(open);
  }
  if (at === undefined) return undefined;
  const more = shape.annotation === '@' ? /^\s{0,200}@[\w.:]{1,80}(\()?/ : /^\s{0,200}#(\[)/;
  for (let step = 0; step < 10; step += 1) {
    const found = more.exec(code.slice(at + 1, at + 300));
    if (!found) break;
    const end: number = at + found[0].length;
    at = found[1] ? (program.partner(end) ?? end) : end;
  }
  const start = at + 1;
  for (let end = start; end < Math.min(code.length, start + MAX_CONDITION); end += 1) {
    if (code[end] === ';') return { start, end };
    if (code[end] === '{') return bounded(program, { start, end: program.partner(end) ?? start + MAX_CHARACTERS });
    if ('(['.includes(code[end] ?? ' ')) end = program.partner(end) ?? end;
    // Kotlin's `fun mailer() = FakeMailer()` ends with its line.
    if (code[end] === '\n' && /=\s*[^=\s{][^{]*$/.test(code.slice(start, end))) return { start, end };
  }
  return undefined;
}

/** `if [ "$X" = y ]; then ... else ... fi`, and `[ "$X" = y ] && command`. */
function shellArms(program: ProgramText, offset: number, shape: Shape): Pick<Arms, 'holds' | 'fails'> {
  const { code } = program;
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
  const before = code.slice(lineStart, offset);
  const lineEnd = next(program, offset);
  const rest = code.slice(offset, lineEnd);
  const head = /(?:^|[;&|\s])(if|elif|while|until)\s[^;]{0,200}$/.exec(before)?.[1];
  const negated = /(?:\b(?:if|elif|while)\s{1,4}!|^\s*!)\s{1,4}[^!]*$/.test(before);
  const sides = (yes: Span | undefined, no: Span | undefined) =>
    negated ? { holds: no, fails: yes } : { holds: yes, fails: no };
  if (!head) {
    const joined = /(?:\]\]?|^\w+)\s{0,4}(&&|\|\|)/.exec(rest);
    if (!joined) return sides(undefined, undefined);
    const body = bounded(program, { start: offset + joined.index + joined[0].length, end: lineEnd });
    const other = joined[1] === '&&' ? /\s\|\|\s/.exec(code.slice(body.start, body.end)) : null;
    if (other) {
      const at = body.start + other.index;
      return sides({ start: body.start, end: at }, { start: at + other[0].length, end: body.end });
    }
    const block = code.slice(body.start, body.end).search(/\{\s*$/);
    const close = block === -1 ? undefined : program.partner(body.start + block);
    const arm = close === undefined ? body : bounded(program, { start: body.start + block, end: close });
    return joined[1] === '&&' ? sides(arm, undefined) : sides(undefined, arm);
  }
  const inline = /\bthen\s+(?=\S)/.exec(rest);
  if (inline && /\bfi\b/.test(rest)) {
    const start = offset + inline.index + inline[0].length;
    const other = /;\s*else\s/.exec(rest)?.index;
    const fi = rest.lastIndexOf('fi');
    if (other === undefined) return sides({ start, end: offset + fi }, undefined);
    return sides({ start, end: offset + other }, { start: offset + other, end: offset + fi });
  }
  const reach = indentAt(program, lineStart);
  const first = { start: lineEnd, end: endOfBody(program, lineEnd, reach, shape) };
  const word = /^\w+/.exec(code.slice(first.end, first.end + 40).trim())?.[0];
  const start = next(program, first.end);
  return sides(first, word === 'else' ? { start, end: endOfBody(program, start, reach, shape) } : undefined);
}

interface Statement extends Pick<Sides, 'first' | 'second'> {
  negative: boolean;
}

/** A decision without brackets around its condition: a block's head, `a if b else c`, or `a if b`. */
function openStatement(program: ProgramText, offset: number, shape: Shape): Statement | undefined {
  const { code } = program;
  const enclosing = program.enclosing(offset);
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
  // Brackets around part of a condition may hold several lines; those of a call end the search.
  const from = enclosing !== undefined && enclosing >= lineStart ? enclosing + 1 : lineStart;
  const words = [...shape.heads, ...shape.negative];
  const before = code.slice(Math.max(from, offset - MAX_CONDITION), offset);
  const found = [...before.matchAll(new RegExp(`(?<![\\w.:@$])(${words.join('|')})(?=[\\s(!])`, 'g'))].at(-1);
  if (!found) return undefined;
  const head = offset - before.length + found.index;
  const word = found[1] ?? '';
  const negative = shape.negative.includes(word);
  const left = code.slice(from, head);
  const alone = left.trim() === '' || /(?:=|\|\||<<)\s*$/.test(left);
  if (shape.inline && (left.trim() !== '' || from > lineStart))
    return { ...inlineArms(program, from, head, offset), negative };
  if (shape.trailing && !alone)
    return {
      first: { start: from, end: head },
      second: afterTrailing(program, { start: from, end: head }, head, shape),
      negative,
    };
  return { ...indentedArms(program, lineStart, head, offset, shape), negative };
}

/** `first if condition else second`. */
function inlineArms(program: ProgramText, from: number, head: number, offset: number): Pick<Sides, 'first' | 'second'> {
  const { code } = program;
  const left = code.slice(from, head);
  const cut = Math.max(
    left.lastIndexOf(','),
    left.search(/(?<![=!<>])=(?!=)/),
    /\breturn\b/.test(left) ? left.indexOf('return') + 5 : -1,
  );
  const other = expressionEnd(program, offset, (at) => /^\selse\s/.test(code.slice(at, at + 6)));
  const hasOther = /^\selse\s/.test(code.slice(other, other + 6));
  return {
    first: { start: from + cut + 1, end: head },
    second: hasOther ? { start: other + 5, end: expressionEnd(program, other + 6) } : undefined,
  };
}

/** `before_action :authenticate, if: -> { production? }`: the option's condition decides on the call that it is given to. */
function optionArm(program: ProgramText, offset: number): { first: Span; negative: boolean } | undefined {
  const open = program.enclosing(offset);
  if (open === undefined || program.code[open] !== '{') return undefined;
  const start = program.code.lastIndexOf('\n', open) + 1;
  const head = /\b(if|unless):\s{0,4}(?:->|lambda|proc)\s{0,4}(?:\(\w{0,30}\)\s{0,4})?$/.exec(
    program.code.slice(start, open),
  );
  return head ? { first: { start, end: start + head.index }, negative: head[1] === 'unless' } : undefined;
}

/** What follows `return if condition`. */
function afterTrailing(program: ProgramText, statement: Span, head: number, shape: Shape): Span | undefined {
  const start = next(program, head);
  if (!leaves(program, statement, shape) || isJoined(program.code.slice(head, start), shape.and)) return undefined;
  return bounded(program, { start, end: blockEnd(program, start, indentAt(program, statement.start)) });
}

function indentAt(program: ProgramText, lineStart: number): number {
  return /^[ \t]*/.exec(program.code.slice(lineStart, lineStart + 200))?.[0].length ?? 0;
}

/** Where the lines end that are indented at least so deep. */
function blockEnd(program: ProgramText, from: number, indent: number): number {
  let at = from;
  for (let line = 0; line < MAX_LINES && at < program.code.length; line += 1) {
    const end = next(program, at);
    if (program.code.slice(at, Math.min(end, at + 400)).trim() !== '' && indentAt(program, at) < indent) return at;
    at = end;
  }
  return at;
}

/** The arms of a statement whose blocks are told by indentation, of itself or of their `end`. */
function indentedArms(
  program: ProgramText,
  lineStart: number,
  head: number,
  offset: number,
  shape: Shape,
): Pick<Sides, 'first' | 'second'> {
  const { code } = program;
  const ends = shape.blocks === 'end';
  const indent = indentAt(program, lineStart);
  const reach = ends ? Math.max(indent, head - lineStart) : indent;
  const keywords = shape.colons ? keywordArms(program, offset) : undefined;
  if (keywords) return keywords;
  let bodyStart: number;
  if (ends) bodyStart = next(program, offset);
  else {
    const colon = expressionEnd(program, offset, (at) => code[at] === ':');
    const rest = code.slice(colon + 1, next(program, colon));
    if (rest.trim() !== '') return { first: { start: colon + 1, end: next(program, colon) }, second: undefined };
    bodyStart = next(program, colon);
  }
  const end = ends ? endOfBody(program, bodyStart, reach, shape) : blockEnd(program, bodyStart, indent + 1);
  const first = { start: bodyStart, end };
  const following = code.slice(end, next(program, end)).trim();
  const word = /^\w+/.exec(following)?.[0] ?? '';
  if (shape.chained.includes(word)) return { first, second: undefined };
  if (shape.others.includes(word)) {
    const start = next(program, end);
    const inline = /^else\s*:\s*\S/.test(following);
    if (inline) return { first, second: { start: end, end: start } };
    return {
      first,
      second: { start, end: ends ? endOfBody(program, start, reach, shape) : blockEnd(program, start, indent + 1) },
    };
  }
  const condition = program.code.slice(head, bodyStart);
  if (!leaves(program, first, shape) || isJoined(condition, shape.and)) return { first, second: undefined };
  const after = word === 'end' ? next(program, end) : end;
  return { first, second: bounded(program, { start: after, end: blockEnd(program, after, indent) }) };
}

/** The first line that ends a body or begins the other one, indented no deeper than the head. */
function endOfBody(program: ProgramText, from: number, reach: number, shape: Shape): number {
  let at = from;
  for (let line = 0; line < MAX_LINES && at < program.code.length; line += 1) {
    const word = /^[ \t]*([a-z]+)\b/.exec(program.code.slice(at, at + 200))?.[1];
    if (word !== undefined && shape.ends?.includes(word) && indentAt(program, at) <= reach) return at;
    at = next(program, at);
  }
  return at;
}

/** One case of a selection. */
export interface Case {
  /** The literals, and the last parts of constants' names; none for what takes all others. */
  names: string[];
  offset: number;
  body: Span;
}

/** The cases of the selection whose subject stands at an offset: `switch (x) {`, `case x` with `when`, `match x:`, `x switch {`. */
export function casesAt(program: ProgramText, offset: number): Case[] {
  const shape = shapes[program.language];
  const extent = shape ? selectionAt(program, offset, shape) : undefined;
  return shape && extent ? casesIn(program, extent, shape) : [];
}

function casesIn(program: ProgramText, extent: Span, shape: Shape): Case[] {
  const byWord = shape.cases.length > 0 ? casesByWord(program, extent, shape) : [];
  return byWord.length > 0 || shape.arrow === undefined ? byWord : casesByArrow(program, extent, shape);
}

/** `case 'a':`, `when 'a'`, and `default:` or `else` among them. A case without a body of its own is one with the next. */
function casesByWord(program: ProgramText, extent: Span, shape: Shape): Case[] {
  const { code } = program;
  const words = [...shape.cases, ...(shape.defaults ?? [])];
  const pattern = new RegExp(`(?<![\\w.$])(${words.join('|')})(?=[\\s("':]|->)`, 'g');
  const depth = shape.blocks === 'braces' ? extent.start - 1 : undefined;
  const indent: number[] = [];
  const heads = [...code.slice(extent.start, extent.end).matchAll(pattern)]
    .map((match) => ({
      start: extent.start + match.index,
      after: extent.start + match.index + match[0].length,
      rest: shape.defaults?.includes(match[1] ?? '') === true,
    }))
    .filter(({ start }) => {
      if (depth !== undefined) return program.enclosing(start) === depth;
      const line = code.lastIndexOf('\n', start - 1) + 1;
      if (code.slice(line, start).trim() !== '') return false;
      indent.push(start - line);
      return start - line === indent[0];
    });
  if (heads.every(({ rest }) => rest)) return [];
  const cases: Case[] = [];
  let joined: { names: string[]; offset: number } | undefined;
  for (const [index, { start, after, rest }] of heads.slice(0, MAX_LINES).entries()) {
    const following = heads[index + 1]?.start ?? extent.end;
    // Ruby's `else` has no mark behind it.
    const head = rest && shape.blocks === 'end' ? after : expressionEndOfCase(program, after, following);
    const own = rest ? [] : caseNames(program, { start: after, end: head });
    const names = own.length === 0 ? [] : [...(joined?.names ?? []), ...own];
    const offset = joined?.offset ?? start;
    const last = index === heads.length - 1;
    if (!last && code.slice(head, following).trim() === '' && shape.blocks === 'braces') {
      joined = { names, offset };
      continue;
    }
    joined = undefined;
    cases.push({ names, offset, body: bounded(program, { start: head, end: following }) });
  }
  return cases;
}

/** Languages in which a bare name in a case takes whatever comes. */
const BINDS = new Set<LanguageName>(['python', 'rust', 'elixir']);

/** The names of a case's head; none where it takes whatever comes. */
function caseNames(program: ProgramText, head: Span): string[] {
  const text = program.code
    .slice(head.start, head.end)
    .replace(/[:\s]+$/, '')
    .trim();
  return BINDS.has(program.language) && /^[a-z_]\w*$/.test(text) ? [] : namesIn(program, head);
}

/** `"a" => x`, `:a -> x`, `production) x ;;`: a case is what its mark stands behind. */
function casesByArrow(program: ProgramText, extent: Span, shape: Shape): Case[] {
  const { code, text } = program;
  const arrow = shape.arrow ?? '=>';
  const heads: { start: number; after: number }[] = [];
  let column: number | undefined;
  for (let at = code.indexOf(arrow, extent.start); at !== -1 && at < extent.end; at = code.indexOf(arrow, at + 1)) {
    const after = at + arrow.length;
    const line = Math.max(extent.start, code.lastIndexOf('\n', at) + 1);
    const start = Math.max(line, heads.at(-1)?.after ?? 0);
    const cut = start > line ? code.slice(start, at).lastIndexOf(',') + 1 : 0;
    const left = text.slice(start + cut, at);
    if (left.trim() === '' || left.length > 200) continue;
    if (shape.blocks === 'braces' && program.enclosing(at) !== extent.start - 1) continue;
    if (shape.blocks === 'words' && !/^[ \t]*\(?["'\w.*|?[\] -]{1,100}$/.test(left)) continue;
    if (shape.blocks === 'end') {
      const indent = indentAt(program, line);
      column ??= indent;
      if (indent !== column || /\bfn\b/.test(left)) continue;
    }
    heads.push({ start: start + cut, after });
    if (heads.length >= MAX_LINES) break;
  }
  return heads.map(({ start, after }, index): Case => {
    const head = { start, end: after - arrow.length };
    return {
      names:
        shape.blocks === 'words'
          ? wordsOfCase(text.slice(head.start, head.end))
          : caseNames(program, upTo(program, head, '{')),
      offset: start + (/^\s*/.exec(text.slice(start, after))?.[0].length ?? 0),
      body: bounded(program, { start: after, end: heads[index + 1]?.start ?? extent.end }),
    };
  });
}

/** A span up to a mark: a pattern without the fields that it takes apart. */
function upTo(program: ProgramText, { start, end }: Span, mark: string): Span {
  const found = program.code.indexOf(mark, start);
  return { start, end: found === -1 ? end : Math.min(end, found) };
}

/** `prod|production`, `"staging"`. */
function wordsOfCase(head: string): string[] {
  return head
    .split('|')
    .map((word) => word.replace(/^[\s("']+|["'\s]+$/g, '').replace(/(?<=\w)\*$/, ''))
    .filter((word) => /^[\w.-]+$/.test(word));
}

function selectionAt(program: ProgramText, offset: number, shape: Shape): Span | undefined {
  const { code } = program;
  if (shape.blocks === 'braces') {
    const brace = selectionBrace(program, offset, shape);
    const end = brace === undefined ? undefined : program.partner(brace);
    return brace === undefined || end === undefined ? undefined : bounded(program, { start: brace + 1, end });
  }
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
  const start = next(program, offset);
  if (shape.blocks === 'end' || shape.blocks === 'words') {
    const closing = shape.blocks === 'end' ? /^[ \t]*end\b/ : /^[ \t]*esac\b/;
    const column = code.lastIndexOf('case', offset) - lineStart;
    let at = start;
    for (let line = 0; line < MAX_LINES && at < code.length; line += 1) {
      if (closing.test(code.slice(at, at + 200)) && indentAt(program, at) <= Math.max(column, 0)) break;
      at = next(program, at);
    }
    return { start, end: at };
  }
  return { start, end: blockEnd(program, start, indentAt(program, lineStart) + 1) };
}

/** The brace behind `switch (x)`, `when (x)`, `match x`, `x switch`. */
function selectionBrace(program: ProgramText, offset: number, shape: Shape): number | undefined {
  const { code } = program;
  const open = program.enclosing(offset);
  const close = open !== undefined && code[open] === '(' ? program.partner(open) : undefined;
  const word = open === undefined ? '' : code.slice(Math.max(0, open - 12), open);
  const bracketed = close !== undefined && /\b(?:switch|when|match)\s*$/.test(word);
  if (!bracketed && !shape.bare && shape.arrow === undefined) return undefined;
  const from = bracketed && close !== undefined ? close + 1 : offset;
  const limit = Math.min(code.length, from + MAX_CONDITION);
  let at = from;
  while (at < limit && code[at] !== '{') {
    if (';)]}'.includes(code[at] ?? ' ')) return undefined;
    at = ('(['.includes(code[at] ?? ' ') ? (program.partner(at) ?? at) : at) + 1;
  }
  if (code[at] !== '{') return undefined;
  if (bracketed) return code.slice(from, at).trim() === '' ? at : undefined;
  if (shape.bare)
    return /\b(?:switch|match)\s[^\n{}]{0,200}$/.test(code.slice(Math.max(0, offset - 220), offset)) ? at : undefined;
  return /\sswitch\s*$/.test(code.slice(from, at)) ? at : undefined;
}

function expressionEndOfCase(program: ProgramText, from: number, limit: number): number {
  const line = program.code.slice(from, Math.min(limit, next(program, from)));
  const colon = /:(?!:)(?=\s|$)|->|\bthen\b/.exec(line);
  if (colon?.[0] === 'then') return from + colon.index;
  return from + (colon ? colon.index + colon[0].length : line.length);
}

/** The literals of a case's head, and the last parts of the constants. */
function namesIn(program: ProgramText, span: Span): string[] {
  const head = program.code.slice(span.start, span.end);
  const names: string[] = [];
  for (const match of head.matchAll(/(["'])[ ]*\1|[A-Za-z_$][\w$.:\\]*/g)) {
    const start = span.start + match.index;
    const text = match[1]
      ? plainString(program, { start, end: start + match[0].length })
      : match[0].split(/\.|::/).at(-1);
    if (text && !/^(?:then|if|_|else|default|Some|Ok|Err|None|is|in|or|and|not|when|var|nil|null)$/.test(text))
      names.push(text.replace(/:$/, ''));
  }
  return names.slice(0, 5);
}
