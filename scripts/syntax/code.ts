import type { Interpolation, Language, StringForm } from './languages.ts';
import { onceInARow } from './once-in-a-row.ts';

/** A program text in two views of the same length and the same lines. */
export interface CodeView {
  /** Comments and the contents of strings are blanks. */
  code: string;
  /** Comments are blanks. */
  text: string;
  /** Whether the offset is neither in a comment nor in a string's contents. */
  isCode(offset: number): boolean;
  /** Whether the offset is in a string's contents. */
  isString(offset: number): boolean;
}

const CODE = 0;
const COMMENT = 1;
const STRING = 2;
const NEWLINE = 10;
const BACKSLASH = 92;
/** Heredocs that one line may open. More is no program. */
const MAX_PENDING_HEREDOCS = 8;

/** Where the text stands: in code (of the file, or within a string), in a string, or in a heredoc. */
type Frame =
  | { kind: 'code'; within?: Interpolation; depth: number }
  | { kind: 'string'; form: StringForm; nests?: string; depth: number }
  | { kind: 'heredoc'; id: string; indented: boolean; interpolation?: Interpolation };

interface Compiled {
  profile: Language;
  /** Forms by the first character of their opening mark, those with prefixes and longer marks first. */
  strings: Map<number, StringForm[]>;
  /** Characters that begin nothing, as a table: most of a program. */
  plain: Uint8Array;
  heredoc: RegExp | undefined;
  character: RegExp | undefined;
  /** What was told apart last: several readers look at one file in turn. */
  code(source: string): CodeView;
  markup(source: string): CodeView;
}

const compiled = new WeakMap<Language, Compiled>();

function compile(profile: Language): Compiled {
  const known = compiled.get(profile);
  if (known) return known;
  const strings = new Map<number, StringForm[]>();
  const order = (form: StringForm) => form.open.length * 2 + (form.prefixes ? 1 : 0);
  for (const form of profile.strings.toSorted((a, b) => order(b) - order(a))) {
    const first = form.open.charCodeAt(0);
    strings.set(first, [...(strings.get(first) ?? []), form]);
  }
  const plain = new Uint8Array(128).fill(1);
  const marks = [
    ...profile.lineComments.map((mark) => mark.open),
    ...profile.blockComments.map((mark) => mark.open),
    ...profile.strings.map((form) => form.open),
    ...(profile.regex ? ['/'] : []),
    ...(profile.heredoc ? ['<'] : []),
    ...(profile.percentLiterals ? ['%'] : []),
    ...(profile.character ? ["'"] : []),
    ...['\n', '{', '}', '(', ')'],
  ];
  for (const mark of marks) plain[mark.charCodeAt(0)] = 0;
  const result: Compiled = {
    profile,
    strings,
    plain,
    heredoc: profile.heredoc ? new RegExp(profile.heredoc.pattern, 'y') : undefined,
    character: profile.character ? new RegExp(profile.character, 'y') : undefined,
    code: onceInARow((source) => viewOfCode(source, result)),
    markup: onceInARow((source) => viewOfMarkup(source, result)),
  };
  compiled.set(profile, result);
  return result;
}

/**
 * Tells code, comments and strings apart. Takes any text: what is never closed goes on to the line's or the file's end.
 * One pass, no recursion; time grows with the length alone.
 */
export function readCode(source: string, profile: Language): CodeView {
  return compile(profile).code(source);
}

function viewOfCode(source: string, tools: Compiled): CodeView {
  const marks = new Uint8Array(source.length);
  markCode(source, 0, source.length, tools, marks);
  return viewOf(source, marks);
}

/**
 * The same for markup with code in it: `<script>` elements, a frontmatter between `---`, and what stands in braces.
 * Everything else counts as string contents, `<!-- -->` as comment.
 */
export function readMarkup(source: string, profile: Language): CodeView {
  return compile(profile).markup(source);
}

function viewOfMarkup(source: string, tools: Compiled): CodeView {
  const marks = new Uint8Array(source.length);
  let index = 0;
  const frontmatter = /^\s{0,100}---[^\S\n]{0,100}\n/.exec(source);
  if (frontmatter) {
    const close = source.indexOf('\n---', frontmatter[0].length - 1);
    index = close === -1 ? frontmatter[0].length : close;
    if (close !== -1) markCode(source, frontmatter[0].length, close, tools, marks);
  }
  const boundary = /<!--|<(script|style)\b[^<>]{0,1000}>/gi;
  while (index < source.length) {
    boundary.lastIndex = index;
    const found = boundary.exec(source);
    const end = found?.index ?? source.length;
    markCode(source, index, end, tools, marks, MARKUP);
    if (!found) break;
    const bodyStart = found.index + found[0].length;
    const name = found[1]?.toLowerCase();
    const close = source.indexOf(name ? `</${name}` : '-->', bodyStart);
    const bodyEnd = close === -1 ? source.length : close;
    if (name === 'script') {
      marks.fill(STRING, found.index, bodyStart);
      markCode(source, bodyStart, bodyEnd, tools, marks);
    } else marks.fill(name ? STRING : COMMENT, found.index, bodyEnd);
    index = bodyEnd;
    if (name === undefined && close !== -1) {
      index = bodyEnd + 3;
      marks.fill(COMMENT, bodyEnd, index);
    }
  }
  return viewOf(source, marks);
}

/** Markup itself: one long string with code in braces. */
const MARKUP: StringForm = { open: '', close: '', multiline: true, interpolation: { open: '{', close: '}' } };

function markCode(source: string, start: number, end: number, tools: Compiled, marks: Uint8Array, outer?: StringForm) {
  const { profile, strings, plain } = tools;
  const frames: Frame[] = [outer ? { kind: 'string', form: outer, depth: 0 } : { kind: 'code', depth: 0 }];
  let pending: Extract<Frame, { kind: 'heredoc' }>[] = [];
  /** The last character of code that is not blank. */
  let lastCode = -1;
  /** Past here, a slash may begin a regular expression again: one that was not closed on its line is not tried twice. */
  let regexFrom = start;
  let index = start;

  const top = (): Frame => frames[frames.length - 1] ?? { kind: 'code', depth: 0 };
  const startsAt = (mark: string) => source.startsWith(mark, index) && index + mark.length <= end;
  const atLineStart = () => index === start || source.charCodeAt(index - 1) === NEWLINE;
  const fill = (mark: number, until: number) => {
    const stop = Math.min(until, end);
    marks.fill(mark, index, stop);
    index = stop;
  };
  const find = (mark: string, from: number) => {
    const found = source.indexOf(mark, from);
    return found === -1 || found >= end ? end : found;
  };

  const comment = (): boolean => {
    for (const mark of profile.lineComments) {
      if (!startsAt(mark.open)) continue;
      if (mark.afterSpace && index > start && !/\s/.test(source[index - 1] ?? '')) continue;
      if (mark.notBefore && source.startsWith(mark.notBefore, index + mark.open.length)) continue;
      fill(COMMENT, find('\n', index));
      return true;
    }
    for (const mark of profile.blockComments) {
      if (!startsAt(mark.open) || (mark.atLineStart && !atLineStart())) continue;
      fill(COMMENT, mark.close === undefined ? end : blockEnd(mark.open, mark.close, mark.nested === true));
      return true;
    }
    return false;
  };

  const blockEnd = (open: string, close: string, nested: boolean): number => {
    let at = index + open.length;
    let depth = 1;
    let nextOpen = nested ? find(open, at) : end;
    while (depth > 0) {
      const nextClose = find(close, at);
      if (nextClose >= end) return end;
      if (nextOpen < nextClose) {
        depth += 1;
        at = nextOpen + open.length;
        nextOpen = find(open, at);
      } else {
        depth -= 1;
        at = nextClose + close.length;
        if (nextOpen < at) nextOpen = find(open, at);
      }
    }
    return at;
  };

  const string = (char: number): boolean => {
    const forms = strings.get(char);
    const form = forms?.find((each) => startsAt(each.open) && (!each.prefixes || each.prefixes.includes(prefix())));
    if (!form) return false;
    index += form.open.length;
    lastCode = index - 1;
    frames.push({ kind: 'string', form, depth: 0 });
    return true;
  };

  /** The word right before, as far as it can be a prefix of a string. */
  const prefix = () => {
    const before = source.slice(Math.max(start, index - 3), index);
    return /(?:^|[^A-Za-z0-9_])([A-Za-z]{1,2})$/.exec(before)?.[1]?.toLowerCase() ?? '';
  };

  const wordBefore = () =>
    /[A-Za-z_$][A-Za-z0-9_$]*$/.exec(source.slice(Math.max(start, lastCode - 11), lastCode + 1))?.[0];

  /** Whether an operand, and so a literal, is due here. */
  const operandDue = (): boolean => {
    const rule = profile.regex;
    if (!rule || lastCode < start) return true;
    if (rule.afterWordAndSpace && source.slice(lastCode, Math.min(index, lastCode + 200)).includes('\n')) return true;
    const last = source[lastCode] ?? '';
    if (rule.after.includes(last)) return true;
    if (last === '>' && source[lastCode - 1] === '=') return true;
    const word = wordBefore();
    if (word === undefined) return false;
    if (rule.afterWords.includes(word)) return true;
    return rule.afterWordAndSpace === true && lastCode < index - 1 && /[^\s=]/.test(source[index + 1] ?? ' ');
  };

  const regex = (): boolean => {
    if (!profile.regex || index < regexFrom || !operandDue()) return false;
    let inClass = false;
    for (let at = index + 1; at < end; at += 1) {
      const char = source.charCodeAt(at);
      if (char === NEWLINE) break;
      if (char === BACKSLASH) at += 1;
      else if (char === 91) inClass = true;
      else if (char === 93) inClass = false;
      else if (char === 47 && !inClass) {
        marks.fill(STRING, index + 1, at);
        index = at + 1;
        lastCode = at;
        return true;
      }
    }
    regexFrom = find('\n', index);
    return false;
  };

  const heredoc = (): boolean => {
    if (!tools.heredoc || pending.length >= MAX_PENDING_HEREDOCS) return false;
    tools.heredoc.lastIndex = index;
    const found = tools.heredoc.exec(source);
    if (!found?.groups || index + found[0].length > end) return false;
    const { id = '', indented = '', quote = '' } = found.groups;
    const interpolation = quote === "'" ? undefined : profile.heredoc?.interpolation;
    // `a <<B` without a mark of indentation or quotes is a heredoc only where an operand is due, or after a method's name.
    if (
      profile.percentLiterals &&
      indented === '' &&
      quote === '' &&
      lastCode >= start &&
      /[)\]\d]/.test(source[lastCode] ?? '')
    )
      return false;
    pending.push({ kind: 'heredoc', id, indented: true, ...(interpolation ? { interpolation } : {}) });
    index += found[0].length;
    lastCode = index - 1;
    return true;
  };

  const percentLiteral = (): boolean => {
    if (!profile.percentLiterals) return false;
    const found = /^%([qQwWiIrx]?)([^A-Za-z0-9\s=])/.exec(source.slice(index, index + 3));
    if (!found?.[2]) return false;
    const setOff = index === start || /[\s([{,=!|&]/.test(source[index - 1] ?? '');
    if (found[1] ? !setOff : !/[([{|!]/.test(found[2]) || !operandDue()) return false;
    const open = found[2];
    const close = { '(': ')', '[': ']', '{': '}', '<': '>' }[open] ?? open;
    const raw = found[1] === 'q' || found[1] === 'w' || found[1] === 'i';
    const form: StringForm = {
      open,
      close,
      escape: 'backslash',
      multiline: true,
      ...(raw ? {} : { interpolation: { open: '#{', close: '}' } }),
    };
    frames.push({ kind: 'string', form, depth: 0, ...(close === open ? {} : { nests: open }) });
    index += found[0].length;
    lastCode = index - 1;
    return true;
  };

  const character = (): boolean => {
    if (!tools.character) return false;
    tools.character.lastIndex = index;
    const found = tools.character.exec(source);
    if (!found || index + found[0].length > end) return false;
    marks.fill(STRING, index + 1, index + found[0].length - 1);
    index += found[0].length;
    lastCode = index - 1;
    return true;
  };

  const inCode = (frame: Extract<Frame, { kind: 'code' }>) => {
    let char = source.charCodeAt(index);
    while (char >= 128 || plain[char] === 1) {
      if (char > 32) lastCode = index;
      index += 1;
      if (index >= end) return;
      char = source.charCodeAt(index);
    }
    if (char === NEWLINE) {
      index += 1;
      const owner = frames.at(-2);
      if (frame.within && owner?.kind === 'string' && !owner.form.multiline) frames.splice(-2);
      const next = pending.toReversed();
      pending = [];
      frames.push(...next);
      return;
    }
    if (comment() || string(char) || character()) return;
    if (char === 47 && regex()) return;
    if (char === 60 && heredoc()) return;
    if (char === 37 && percentLiteral()) return;
    if (frame.within) {
      const opening = frame.within.open.charCodeAt(frame.within.open.length - 1);
      if (char === opening) frame.depth += 1;
      else if (char === frame.within.close.charCodeAt(0)) {
        if (frame.depth === 0) frames.pop();
        else frame.depth -= 1;
      }
    }
    lastCode = index;
    index += 1;
  };

  const interpolated = (interpolation: Interpolation | undefined): boolean => {
    if (!interpolation || !startsAt(interpolation.open)) return false;
    if (interpolation.doubledIsText && source.startsWith(interpolation.open, index + interpolation.open.length)) {
      fill(STRING, index + interpolation.open.length * 2);
      return true;
    }
    index += interpolation.open.length;
    lastCode = index - 1;
    frames.push({ kind: 'code', within: interpolation, depth: 0 });
    return true;
  };

  const inString = (frame: Extract<Frame, { kind: 'string' }>) => {
    const { form } = frame;
    const char = source.charCodeAt(index);
    if (char === NEWLINE && !form.multiline) {
      frames.pop();
      return;
    }
    if (char === BACKSLASH && form.escape === 'backslash') {
      fill(STRING, index + 2);
      return;
    }
    if (form.close !== '' && char === form.close.charCodeAt(0) && startsAt(form.close)) {
      if (form.escape === 'doubled' && source.startsWith(form.close, index + form.close.length)) {
        fill(STRING, index + form.close.length * 2);
        return;
      }
      if (frame.depth === 0) {
        index += form.close.length;
        lastCode = index - 1;
        frames.pop();
        return;
      }
      frame.depth -= 1;
    } else if (frame.nests && source[index] === frame.nests) {
      frame.depth += 1;
    } else if (
      form.interpolation &&
      char === form.interpolation.open.charCodeAt(0) &&
      interpolated(form.interpolation)
    ) {
      return;
    }
    const next = plainUntil(index + 1, form, frame.nests);
    marks.fill(STRING, index, next);
    index = next;
  };

  /** Where a string's contents next may do more than go on. */
  const plainUntil = (from: number, form: StringForm, nests: string | undefined): number => {
    const close = form.close === '' ? -1 : form.close.charCodeAt(0);
    const open = form.interpolation ? form.interpolation.open.charCodeAt(0) : -1;
    const nest = nests === undefined ? -1 : nests.charCodeAt(0);
    let at = from;
    for (; at < end; at += 1) {
      const char = source.charCodeAt(at);
      if (char === close || char === open || char === nest || char === NEWLINE || char === BACKSLASH) break;
    }
    return at;
  };

  const inHeredoc = (frame: Extract<Frame, { kind: 'heredoc' }>) => {
    if (atLineStart()) {
      let at = index;
      while (frame.indented && (source[at] === ' ' || source[at] === '\t')) at += 1;
      const after = at + frame.id.length;
      if (source.startsWith(frame.id, at) && !/[A-Za-z0-9_]/.test(source[after] ?? '')) {
        fill(STRING, at);
        index = Math.min(after, end);
        lastCode = index - 1;
        frames.pop();
        return;
      }
    }
    if (interpolated(frame.interpolation)) return;
    if (source.charCodeAt(index) === BACKSLASH && source.charCodeAt(index + 1) !== NEWLINE) fill(STRING, index + 2);
    else fill(STRING, index + 1);
  };

  while (index < end) {
    const frame = top();
    if (frame.kind === 'code') inCode(frame);
    else if (frame.kind === 'string') inString(frame);
    else inHeredoc(frame);
  }
}

function viewOf(source: string, marks: Uint8Array): CodeView {
  let code: string | undefined;
  let text: string | undefined;
  return {
    get code() {
      code ??= blank(source, marks, (mark) => mark !== CODE);
      return code;
    },
    get text() {
      text ??= blank(source, marks, (mark) => mark === COMMENT);
      return text;
    },
    isCode: (offset) => marks[offset] === CODE,
    isString: (offset) => marks[offset] === STRING,
  };
}

function blank(source: string, marks: Uint8Array, hidden: (mark: number) => boolean): string {
  const isHidden = [hidden(CODE), hidden(COMMENT), hidden(STRING)];
  const parts: string[] = [];
  let from = 0;
  while (from < source.length) {
    const hides = isHidden[marks[from] ?? CODE] === true;
    let until = from + 1;
    while (until < source.length && (isHidden[marks[until] ?? CODE] === true) === hides) until += 1;
    const part = source.slice(from, until);
    parts.push(hides ? blanks(part) : part);
    from = until;
  }
  return parts.join('');
}

function blanks(part: string): string {
  return part.includes('\n') || part.includes('\r') ? part.replace(/[^\r\n]/g, ' ') : ' '.repeat(part.length);
}
