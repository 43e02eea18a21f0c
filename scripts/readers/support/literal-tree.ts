import type { Tree } from '../../syntax/tree.ts';
import { expressionAt, partsOf, plainString, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** Deeper than this no settings are written. */
const MAX_DEPTH = 20;
/** The longest value that is told as it is written. */
const MAX_TEXT = 200;

/** `60 * 60`, `2.hours`, `5.megabytes.to_i`, `1..5`: numbers in another dress, told as they are written. */
const NUMBERS = /^-?\d[\d_]*(?:\.\d+)?(?:\s{0,4}(?:[*+/-]|\.\.\.?)\s{0,4}-?\d[\d_.]*){0,6}(?:\.[a-z]\w{0,20}){0,3}$/;
/** `:redis_cache_store`, `:"Elixir.Name"`. */
const SYMBOL = /^:(?:"([^"\n]{1,100})"|([A-Za-z_]\w{0,100}[?!]?))$/;
/** `Ecto.Adapters.Postgres`, `ApplicationJob::class`. */
const MODULE = /^[A-Z]\w*(?:\.[A-Z]\w*)*$/;
const CLASS_NAME = /^([\\A-Za-z_][\w\\]*)::class$/;
/** The mark that opens a literal with brackets, as each language writes it. */
const OPENING =
  /^(?:%(?:[A-Z][\w.]{0,80})?(?=\{)|(?:array|dict|OrderedDict|tuple|set|frozenset|list|Object\.freeze)(?=\())?[[({]/;
const WORDS = /^%[wi][[({<|!]([\s\S]*)[\])}>|!]$/;
const QUOTED_KEY = /^(?:"([^"\\\n]{1,120})"|'([^'\\\n]{1,120})')\s{0,40}(?:=>|:(?!:))/;
const PLAIN_KEY = /^:?([A-Za-z_$][\w$]{0,100}[?!]?)\s{0,40}(?:=>|:(?![:=])|=(?![=~>]))/;

/**
 * The literal that a program text holds in a span, as a tree with lines: maps, lists and scalars of any of the languages.
 * Whatever is worked out at run time is a scalar with the value `null`, and so is `nil`, `None` and `null`.
 */
export function literalTree(program: ProgramText, span: Span, depth = 0): Tree {
  const { start, end } = trimmed(program, span);
  const line = program.line(start);
  const computed: Tree = { kind: 'scalar', line, text: '', value: null };
  if (start >= end || depth > MAX_DEPTH) return computed;
  const bracket = OPENING.exec(program.code.slice(start, Math.min(end, start + 100)));
  if (bracket) {
    const open = start + bracket[0].length - 1;
    const close = program.partner(open);
    const rest = close === undefined ? '?' : program.code.slice(close + 1, end).trim();
    if (
      close !== undefined &&
      close < end &&
      /^(?:\.freeze|(?:as\s+const)?\s*(?:satisfies\s+[\w.<>]{1,60})?)$/.test(rest)
    )
      return bracketTree(program, open, close, depth, bracket[0] === '(');
    return computed;
  }
  if (end - start > MAX_TEXT * 5) return computed;
  const text = program.text.slice(start, end).trim();
  const scalar = (value: string): Tree => ({ kind: 'scalar', line, text: value, value });
  const plain = plainString(program, { start, end: start + text.replace(/(?:\.freeze|\s+as\s+const)$/, '').length });
  if (plain !== undefined) return scalar(plain);
  const literal = expressionAt(program, { start, end });
  if (literal.kind === 'literal') return scalar(literal.value);
  if (literal.kind === 'nothing' || text.length > MAX_TEXT) return computed;
  const symbol = SYMBOL.exec(text);
  if (symbol) return scalar(symbol[1] ?? symbol[2] ?? '');
  if (NUMBERS.test(text)) return scalar(text.replace(/\s+/g, ' '));
  const words = program.language === 'ruby' ? WORDS.exec(text) : null;
  if (words) {
    const items = (words[1] ?? '').split(/\s+/).filter(Boolean);
    return { kind: 'list', line, items: items.map(scalar) };
  }
  const name = program.language === 'elixir' && MODULE.test(text) ? text : CLASS_NAME.exec(text)?.[1];
  return name === undefined ? computed : scalar(name);
}

/** The literal in brackets: a map where its parts have keys, a list otherwise. A lone part in round brackets is that part. */
function bracketTree(program: ProgramText, open: number, close: number, depth: number, round: boolean): Tree {
  const line = program.line(open);
  const parts = (partsOf(program, open) ?? []).filter((part) => isNotBlank(program, part));
  const [only] = parts;
  if (
    round &&
    only &&
    parts.length === 1 &&
    !program.code.slice(only.end, close).includes(',') &&
    !keyAt(program, only)
  )
    return literalTree(program, only, depth + 1);
  return partsTree(program, parts, line, depth);
}

/** The tree of parts that commas set off. Parts without a key among parts with one (a spread, a comment) are left out. */
export function partsTree(program: ProgramText, parts: readonly Span[], line: number, depth = 0): Tree {
  const keyed = parts.map((part) => ({ part, key: keyAt(program, part) }));
  if (!keyed.some((each) => each.key)) {
    return { kind: 'list', line, items: parts.map((part) => literalTree(program, part, depth + 1)) };
  }
  return {
    kind: 'map',
    line,
    entries: keyed.flatMap(({ part, key }) =>
      key
        ? [
            {
              key: key.name,
              line: program.line(key.offset),
              value: literalTree(program, { start: key.end, end: part.end }, depth + 1),
            },
          ]
        : [],
    ),
  };
}

/** The key that a part begins with; `end`: where its value starts. */
function keyAt(program: ProgramText, part: Span): { name: string; offset: number; end: number } | undefined {
  const { start, end } = trimmed(program, part);
  const head = program.text.slice(start, Math.min(end, start + 170));
  const found = QUOTED_KEY.exec(head) ?? PLAIN_KEY.exec(head);
  const name = found?.[1] ?? found?.[2];
  return found && name !== undefined ? { name, offset: start, end: start + found[0].length } : undefined;
}

function isNotBlank(program: ProgramText, span: Span): boolean {
  return (
    program.code.slice(span.start, span.end).trim() !== '' || trimmed(program, span).start < trimmed(program, span).end
  );
}
