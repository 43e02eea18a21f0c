import vocabulary from '../../resources/leads.json' with { type: 'json' };
import type { Lead, Surface } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { excerptAt } from '../output/text.ts';
import type { SourceFile } from '../readers/reader.ts';
import { isGenerated } from '../repository/generated.ts';
import { roleOf } from '../repository/path-role.ts';
import { type CodeView, readCode, readMarkup } from '../syntax/code.ts';
import { isMarkup, language, languageOf } from '../syntax/languages.ts';
import { lineAtOffset, lineStarts, splitLines } from '../syntax/lines.ts';
import { mayMatch, type Sought, sought } from '../syntax/sought.ts';

/** The most leads of an inspection: what an agent reads in one go. */
const MAX_LEADS = 40;
/** The most of one topic in one file. */
const MAX_OF_FILE = 2;

interface Topic {
  topic: string;
  surface: string;
  weight: number;
  most: number;
  why: string;
  code?: string;
  comment?: string;
  flags?: string;
  near?: { of: string; words: string };
  /** The pattern reaches into strings. */
  strings?: boolean;
}

interface Search extends Topic {
  pattern: RegExp;
  sought: Sought;
  beside: { of: RegExp; words: RegExp } | undefined;
}

/** How many lines before and after count as close by. */
const CLOSE = 4;
const topics: readonly Search[] = vocabulary.topics.map((each: Topic) => {
  const pattern = new RegExp(each.code ?? each.comment ?? '(?!)', `g${each.comment ? 'i' : (each.flags ?? '')}`);
  return {
    ...each,
    pattern,
    sought: sought(pattern),
    beside: each.near && { of: new RegExp(each.near.of), words: new RegExp(each.near.words, 'i') },
  };
});

interface Found {
  topic: Topic;
  path: string;
  line: number;
  excerpt: string;
}

/**
 * The lines of the application's own program text that no rule can decide and an agent must see. It is shown the files in order;
 * deterministic.
 */
export class LeadFinder {
  readonly #found: Found[] = [];

  look(file: SourceFile): void {
    for (const each of leadsIn(file)) this.#found.push(each);
  }

  /** The weightiest first. At most 40 and some of each topic, those of different files before a second one of the same file. */
  found(): Lead[] {
    const told = new Set<string>();
    return topics
      .toSorted((a, b) => b.weight - a.weight)
      .flatMap((topic) => {
        const own = spread(this.#found.filter((each) => each.topic.topic === topic.topic));
        return own.filter((each) => isNew(told, each)).slice(0, topic.most);
      })
      .slice(0, MAX_LEADS)
      .map(({ topic, path, line, excerpt }) => ({
        surface: topic.surface as Surface,
        subject: topic.topic,
        why: topic.why,
        evidence: { path, line, excerpt },
      }));
  }
}

/** Whether neither the line nor the same words of the same topic were told. */
function isNew(told: Set<string>, { topic, path, line, excerpt }: Found): boolean {
  const keys = [`${path}:${line}`, `${topic.topic} ${excerpt}`];
  if (keys.some((key) => told.has(key))) return false;
  for (const key of keys) told.add(key);
  return true;
}

/** The first of every file, then the second of every file. */
function spread(found: readonly Found[]): Found[] {
  const counts = new Map<string, number>();
  return found
    .map((each) => {
      const rank = (counts.get(each.path) ?? 0) + 1;
      counts.set(each.path, rank);
      return { each, rank };
    })
    .sort((a, b) => a.rank - b.rank || byCodeUnit(a.each.path, b.each.path) || a.each.line - b.each.line)
    .map(({ each }) => each);
}

function leadsIn(file: SourceFile): Found[] {
  const { path } = file;
  const name = languageOf(path);
  if (name === undefined || roleOf(path) !== 'application') return [];
  const possible = topics.filter((topic) => mayMatch(file, topic.sought));
  if (possible.length === 0) return [];
  const { text } = file;
  // What programs write is nobody's decision.
  if (isGenerated(file)) return [];
  const candidates = possible.filter((topic) => text.search(topic.pattern) !== -1);
  if (candidates.length === 0) return [];
  const view = isMarkup(name, path) ? readMarkup(text, language(name)) : readCode(text, language(name));
  const starts = lineStarts(text);
  const lines = splitLines(text);
  return candidates.flatMap((topic) => {
    const seen = new Set<number>();
    const found: Found[] = [];
    for (const match of text.matchAll(topic.pattern)) {
      if (found.length >= MAX_OF_FILE) break;
      const line = lineAtOffset(starts, match.index);
      if (seen.has(line) || !stands(view, text, topic, match.index) || isNaming(lines[line - 1] ?? '')) continue;
      if (topic.beside?.of.test(match[0]) && !isBeside(topic.beside.words, path, lines, line)) continue;
      seen.add(line);
      found.push({ topic, path, line, excerpt: excerptAt(lines, line) });
    }
    return found;
  });
}

function stands(view: CodeView, text: string, topic: Topic, offset: number): boolean {
  const inComment = !view.isCode(offset) && !view.isString(offset) && /\S/.test(text[offset] ?? '');
  if (topic.comment !== undefined) return inComment;
  return view.isCode(offset) || (topic.strings === true && view.isString(offset));
}

function isBeside(words: RegExp, path: string, lines: readonly string[], line: number): boolean {
  const around = lines.slice(Math.max(0, line - 1 - CLOSE), line + CLOSE);
  return words.test(path) || around.some((each) => words.test(each.slice(0, 400)));
}

/** A method without a body that decides anything, of which only the name is told. */
const BARE_METHOD =
  /^\s{0,80}(?:(?:public|private|protected|static|abstract|final|override|virtual)\s+){0,4}(?:function\s+\w+\(\)(?::\s*\w+)?|(?:[A-Z]\w*|int|long|boolean|bool|string|void)\s+\w+\(\))\s*[;{]?\s*$/;

/** An import, a type or a bare definition only names what is used elsewhere. */
function isNaming(line: string): boolean {
  if (BARE_METHOD.test(line)) return true;
  return /^\s{0,80}(?:import|from|export \{|export \* |export type|type|interface|require|using|use(?!\s+[A-Z][\w.]*,\s*\w+:)|package)\b/.test(
    line,
  );
}
